"""The tables of a dump's news modules, kept in a file while the import runs, so that they can be joined.

A dump has stories and their bodies far apart; a temporary SQLite file joins them without a large memory.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from articles.bulk.nukeviet.dump import read_dump
from articles.bulk.old_site.posts import NotReadable
from articles.public.nukeviet_addresses import LANGUAGES

type Fields = dict[str, str | None]

_KINDS = "rows|detail|cat|tags_id|tags|topics|sources|authorlist|bodytext|bodyhtml_[0-9]+"
_TABLE = re.compile(rf"(?P<module>(?:.+?_)?(?P<language>{LANGUAGES})_(?P<name>.+?))_(?P<kind>{_KINDS})")
_NUMBER_OF = {"cat": "catid", "tags": "tid", "topics": "topicid", "sources": "sourceid"}
_NEWS = {"id", "catid", "title", "hometext", "status"}


@dataclass(frozen=True)
class Module:
    """A news module: `table` is what its tables' names begin with, “nv4_vi_news”."""

    table: str
    language: str
    name: str  # as in addresses: “tin-tuc”

    def __str__(self) -> str:
        return f"{self.language}/{self.name}"


class Staged:
    """The rows of every news module of the dump. Close it when done."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="nukeviet-")
        self._rows = sqlite3.connect(Path(self._folder.name) / "rows.sqlite3")
        self._rows.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8000;"
            "CREATE TABLE kept (module TEXT, kind TEXT, number INTEGER, at INTEGER, fields TEXT);"
        )
        self.modules: list[Module] = []
        self.domain = ""  # from the site's own settings, if the dump has them
        self.foreign = 0  # values that were not UTF-8

    def close(self) -> None:
        """Remove the file."""
        self._rows.close()
        self._folder.cleanup()

    def fill(self, path: Path) -> None:
        """Read the whole dump. Raises NotReadable, also when it has no news module."""
        foreign, found, tables = [0], {}, Counter()
        for table, columns, values in read_dump(path, foreign):
            tables[table] += 1
            if table.endswith("_config") and "my_domains" in values:
                self.domain = self.domain or _first_domain(values)
            match = _TABLE.fullmatch(table)
            if match is None:
                continue
            fields = dict(zip(columns, values, strict=True))
            if "" in fields:
                raise NotReadable(
                    f"Không rõ tên cột của bảng {table}: tệp thiếu lệnh CREATE TABLE. "
                    "Hãy xuất cả cấu trúc bảng."
                )
            kind = match["kind"]
            if kind == "rows" and fields.keys() >= _NEWS:
                name = match["name"].replace("_", "-")
                found.setdefault(match["module"], Module(match["module"], match["language"], name))
            self._keep(match["module"], "detail" if kind.startswith("body") else kind, fields)
        self._rows.execute("CREATE INDEX by_number ON kept (module, kind, number)")
        self._rows.commit()
        self.modules, self.foreign = list(found.values()), foreign[0]
        if not found:
            seen = ", ".join(sorted(tables)[:8]) or "không bảng nào"
            raise NotReadable(f"Trong tệp không có bảng bài viết của NukeViet (…_vi_news_rows). Có: {seen}.")

    def _keep(self, module: str, kind: str, fields: Fields) -> None:
        number, at = fields.get(_NUMBER_OF.get(kind, "id")), fields.get("publtime")
        row = (module, kind, as_number(number), as_number(at), json.dumps(fields, ensure_ascii=False))
        self._rows.execute("INSERT INTO kept VALUES (?, ?, ?, ?, ?)", row)

    def count(self, module: Module) -> int:
        """How many different stories the module has."""
        asked = "SELECT COUNT(DISTINCT number) FROM kept WHERE module = ? AND kind = 'rows'"
        return self._rows.execute(asked, [module.table]).fetchone()[0]

    def all_of(self, module: Module, kind: str) -> dict[int, Fields]:
        """Returns the rows of a small table by number."""
        asked = "SELECT number, fields FROM kept WHERE module = ? AND kind = ? ORDER BY rowid"
        return {number: json.loads(row) for number, row in self._rows.execute(asked, [module.table, kind])}

    def of(self, module: Module, kind: str, number: int) -> list[Fields]:
        """Returns the rows with that number, in the order of the dump."""
        asked = "SELECT fields FROM kept WHERE module = ? AND kind = ? AND number = ? ORDER BY rowid"
        return [json.loads(row) for (row,) in self._rows.execute(asked, [module.table, kind, number])]

    def stories(self, module: Module) -> Iterator[Fields]:
        """Yields the stories, oldest first; of one that stands twice, the last."""
        asked = (
            "SELECT number, MAX(rowid) FROM kept WHERE module = ? AND kind = 'rows' "
            "GROUP BY number ORDER BY at, number"
        )
        for _number, row in self._rows.execute(asked, [module.table]).fetchall():
            yield json.loads(
                self._rows.execute("SELECT fields FROM kept WHERE rowid = ?", [row]).fetchone()[0]
            )


def as_number(text: Any) -> int:
    """Returns the whole number a field holds, 0 for anything else."""
    text = str(text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _first_domain(values: list[str | None]) -> str:
    where = values.index("my_domains") + 1
    said = (values[where] if where < len(values) else "") or ""
    return said.split(",")[0].strip().lower()

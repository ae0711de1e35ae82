"""The files of one machine and the small index that knows which of them show what.

The index is an SQLite file of its own beside the pages. Its write lock makes the two things that
must not overlap take turns: putting a finished page in its place, and dropping pages by tag.
"""

import contextlib
import fcntl
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pagestore.packing import Page, unpack

_TABLES = """
CREATE TABLE IF NOT EXISTS page (file TEXT PRIMARY KEY, size INTEGER, kept_at REAL, until REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shown (tag TEXT, file TEXT, PRIMARY KEY (tag, file)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shown_in ON shown (file);
CREATE TABLE IF NOT EXISTS dropped (tag TEXT PRIMARY KEY, turn INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS applied (purge INTEGER PRIMARY KEY, at REAL);
INSERT OR IGNORE INTO fact VALUES ('turn', 0);
"""
EVERYTHING = "*"
_SWEEP_EVERY = 200  # puts of one process; the worker sweeps too
_WAIT, _STEP = 3.0, 0.02  # seconds a reader waits for somebody else's rendering of the same page


class Store:
    """Pages below `root`: `live/` is what is served (by nginx too), `past/` what may stand in for it.

    Safe to use from many threads and processes; a process killed at any moment leaves at worst an
    index row without a file.
    """

    def __init__(self, root: Path, most_bytes: int):
        self.live, self.past, self._locks = root / "live", root / "past", root / "locks"
        self.most_bytes = most_bytes
        self._index = root / "index.sqlite3"
        self._connections: dict[int, sqlite3.Connection] = {}  # one a process: see _db
        self._taking_turns = threading.RLock()
        self._puts = 0
        for folder in (self.live, self.past, self._locks):
            folder.mkdir(parents=True, exist_ok=True)

    # --- reading ---------------------------------------------------------------------------------

    def get(self, file: str, now: float | None = None) -> Page | None:
        """The kept page if it is there and still true."""
        page = _read(self.live / file)
        return page if page and page.until > (now or time.time()) else None

    def get_past(self, file: str) -> Page | None:
        """The last page known, true or not: for when a new one cannot be made."""
        return _read(self.live / file) or _read(self.past / file)

    # --- filling ---------------------------------------------------------------------------------

    def turn(self) -> int:
        """What to remember before a page is drawn: `put` refuses it when its tags were dropped since."""
        return self._ask("SELECT value FROM fact WHERE name = 'turn'")[0][0]

    def put(self, file: str, page: Page, tags: Iterable[str], turn: int) -> bool:
        """Keep a page drawn since `turn`; False (and nothing kept) if what it shows changed meanwhile."""
        tags = {*tags, EVERYTHING}
        size = len(page.packed)
        with self._writing() as db:  # first the rows: a page without them could never be dropped
            row = (file, size, time.time(), page.until)
            db.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", row)
            db.executemany("INSERT OR IGNORE INTO shown VALUES (?, ?)", ((tag, file) for tag in tags))
        with self._writing() as db:
            marks = ",".join("?" * len(tags))
            newest = db.execute(f"SELECT max(turn) FROM dropped WHERE tag IN ({marks})", [*tags]).fetchone()  # noqa: S608 (marks only)
            if (newest[0] or 0) > turn:
                return False
            _write(self.live / file, page.packed)
        self._puts += 1
        if self._puts % _SWEEP_EVERY == 0:
            self.sweep()
        return True

    @contextlib.contextmanager
    def filling(self, file: str) -> Iterator[bool]:
        """Yields True to the one who draws the page; others wait for it, False when it took too long."""
        lock = self._locks / str(zlib.crc32(file.encode()) % 512)
        with lock.open("a") as handle:
            yield _locked(handle.fileno())

    # --- dropping --------------------------------------------------------------------------------

    def drop(self, tags: Iterable[str]) -> int:
        """Remove every page that shows one of the tags; returns how many files went."""
        gone = 0
        with self._writing() as db:
            turn = db.execute("UPDATE fact SET value = value + 1 WHERE name = 'turn' RETURNING value")
            number = turn.fetchone()[0]
            for tag in set(tags):
                db.execute("INSERT OR REPLACE INTO dropped VALUES (?, ?)", (tag, number))
                for (file,) in db.execute("SELECT file FROM shown WHERE tag = ?", (tag,)).fetchall():
                    gone += _remove(self.live / file)
                    _remove(self.past / file)
                    _forget(db, file)
        return gone

    def sweep(self, now: float | None = None) -> int:
        """Set aside pages whose time is over, and the oldest while the store is too large."""
        now = now or time.time()
        gone = 0
        with self._writing() as db:
            over = db.execute("SELECT file FROM page WHERE until <= ? AND until > 0", (now,)).fetchall()
            for (file,) in over:
                gone += _set_aside(self.live / file, self.past / file)
                db.execute("UPDATE page SET until = 0 WHERE file = ?", (file,))
            gone += self._make_room(db)
            db.execute("DELETE FROM applied WHERE at < ?", (now - 24 * 60 * 60,))
        return gone

    # --- what other machines changed ---------------------------------------------------------------

    def unapplied(self, purges: Iterable[int]) -> set[int]:
        wanted = set(purges)
        marks = ",".join("?" * len(wanted))
        rows = self._ask(f"SELECT purge FROM applied WHERE purge IN ({marks})", [*wanted])  # noqa: S608 (marks only)
        return wanted - {row[0] for row in rows}

    def mark_applied(self, purges: Iterable[int]) -> None:
        with self._writing() as db:
            db.executemany("INSERT OR IGNORE INTO applied VALUES (?, ?)", ((p, time.time()) for p in purges))

    def made_by(self, fingerprint: str) -> bool:
        """Drop everything kept by other code or other settings; True if it was these."""
        if self._ask("SELECT value FROM fact WHERE name = 'fingerprint'") == [(fingerprint,)]:
            return True
        self.drop([EVERYTHING])
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO fact VALUES ('fingerprint', ?)", (fingerprint,))
        return False

    # --- the index ------------------------------------------------------------------------------------

    @property
    def _db(self) -> sqlite3.Connection:
        """This process's connection: SQLite's must not be carried over a fork, nor closed after one."""
        db = self._connections.get(os.getpid())
        if db is None:
            db = sqlite3.connect(self._index, timeout=20, isolation_level=None, check_same_thread=False)
            # No disk flush: `made_by` is told the boot, so a power cut drops everything kept.
            db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + _TABLES)
            self._connections[os.getpid()] = db
        return db

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> list[tuple]:
        with self._taking_turns:
            return self._db.execute(sql, values).fetchall()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Alone with the index: among this process's threads and among processes."""
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
        """Let go of the index; the next call opens it again."""
        with self._taking_turns:
            if db := self._connections.pop(os.getpid(), None):
                db.close()

    def _make_room(self, db: sqlite3.Connection) -> int:
        """Remove the oldest pages until a tenth of the room is free, once all of it is taken."""
        taken = db.execute("SELECT coalesce(sum(size), 0) FROM page").fetchone()[0]
        if taken <= self.most_bytes:
            return 0
        gone = 0
        for file, size in db.execute("SELECT file, size FROM page ORDER BY kept_at").fetchall():
            if taken <= self.most_bytes * 0.9:
                break
            taken -= size
            gone += _remove(self.live / file) + _remove(self.past / file)
            _forget(db, file)
        return gone


def _locked(handle: int) -> bool:
    """Take the lock, waiting a little for whoever holds it."""
    end = time.monotonic() + _WAIT
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(_STEP)
        else:
            return True


def _forget(db: sqlite3.Connection, file: str) -> None:
    db.execute("DELETE FROM page WHERE file = ?", (file,))
    db.execute("DELETE FROM shown WHERE file = ?", (file,))


def _read(path: Path) -> Page | None:
    try:
        return unpack(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError):
        return None


def _write(path: Path, words: bytes) -> None:
    """Whole or not at all: readers and nginx never see half a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.half")
    half.write_bytes(words)
    half.replace(path)


def _remove(path: Path) -> int:
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return 0
    return 1


def _set_aside(path: Path, past: Path) -> int:
    past.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.replace(past)
    except FileNotFoundError:
        return 0
    return 1

"""How passwords are hashed: at a cost chosen for a small machine, and no more than two at a time.

Argon2 takes memory on purpose. Ten people who sign in at once must not take ten times as much, so what is
more than `settings.HASHINGS_AT_ONCE` waits its turn, in all processes of this machine together.
"""

import fcntl
import logging
import os
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from accounts.password_length import is_too_long

log = logging.getLogger("newsroom.hashing")
_own_places: dict[int, threading.Lock] = {}
LOOK_AGAIN = 0.01  # seconds; a hashing takes about 0.02


class TooBusyError(Exception):
    """So many passwords are being checked that this one did not get its turn in time."""


class TurnedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with the parameters OWASP names first for small memory: 19 MiB, two rounds, one lane.

    A hash made with others is made anew when its owner signs in. Passwords are hashed composed (NFC), because
    macOS types “ế” in pieces, Windows in one, and it is the same password.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        composed = unicodedata.normalize("NFC", password)
        with _a_turn():
            return super().encode(composed, salt)

    def verify(self, password: str, encoded: str) -> bool:
        if is_too_long(password):
            return False
        spellings = self._spellings(password, encoded)
        with _a_turn():
            return any(super(TurnedArgon2Hasher, self).verify(one, encoded) for one in spellings)

    def _spellings(self, password: str, encoded: str) -> list[str]:
        """Return of what the hash may have been made: a hash with today's parameters of the composed alone.

        So a wrong password costs one hashing, as for a name that does not exist, and the time tells nothing.
        Older ones were made of what the keyboard sent: composed, in pieces, or mixed.
        """
        composed = unicodedata.normalize("NFC", password)
        if not self.must_update(encoded):
            return [composed]
        return list(dict.fromkeys([composed, password, unicodedata.normalize("NFD", password)]))


@contextmanager
def _a_turn() -> Iterator[None]:
    """Wait for one of the few places; raises TooBusyError after `settings.HASHING_PATIENCE` seconds."""
    deadline = time.monotonic() + settings.HASHING_PATIENCE
    while True:
        for number in range(settings.HASHINGS_AT_ONCE):
            with _place(number) as is_mine:
                if is_mine:
                    yield
                    return
        if time.monotonic() > deadline:
            raise TooBusyError
        time.sleep(LOOK_AGAIN)


@contextmanager
def _place(number: int) -> Iterator[bool]:
    """Try to take a place, and hold it inside the block; yields whether it was free.

    A place is a locked file: the system frees it when a process dies, whatever it died of. Where files cannot
    be opened, people sign in all the same, and each process counts alone.
    """
    opened = _open_place(number)
    if opened is None:
        own = _own_places.setdefault(number, threading.Lock())
        is_mine = own.acquire(blocking=False)
        try:
            yield is_mine
        finally:
            if is_mine:
                own.release()
        return
    try:
        yield _is_locked_by_us(opened)
    finally:
        os.close(opened)


def _open_place(number: int) -> int | None:
    """Open for reading alone, which is enough for a lock: root may have made the file, in a command."""
    try:
        settings.VAR_DIR.mkdir(exist_ok=True)
        return os.open(settings.VAR_DIR / f"hashing.{number}.lock", os.O_RDONLY | os.O_CREAT, 0o666)
    except OSError as failure:
        _tell_once(str(failure))
        return None


@cache
def _tell_once(failure: str) -> None:
    log.error("Hashings are counted by each process alone, because a file cannot be opened: %s", failure)


def _is_locked_by_us(opened: int) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

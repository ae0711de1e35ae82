"""What can be signed. A room above declares its subject; this room knows only what stands here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from signing.models import SignedFile


class NotToSign(Exception):
    """Nothing can be given out to be signed now; the message says what is missing."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class ToSign:
    """One file to be signed: its row, how that is called, its bytes, who must sign.

    `said` is a digest of what the record says of the row. `clear` are [page, left, bottom, right, top] in
    points where no stamp may stand.
    """

    row: int
    name: str
    data: bytes
    person: str
    agency: str
    said: str = ""
    clear: list[list[float]] = field(default_factory=list)


@dataclass(frozen=True)
class Signable:
    """A kind of file that is signed, of records of `model`.

    `files` returns what may be given out now, or raises NotToSign. `said_today` returns row → digest of what
    the record says today, of one row or of all whose signature may still be taken in or shown. `taken_in`
    runs in the transaction that stores a signed file. `address` returns the public page of a row, or "" if
    readers may not see it. `permission` on the record gives out and takes in. `as_it_came` returns the file
    that the record has, as it came from elsewhere, and where it is stored.
    """

    key: str
    noun: str
    model: type[models.Model]
    permission: str
    files: Callable[[Any], list[ToSign]]
    said_today: Callable[[Any, int | None], dict[int, str]]
    address: Callable[[Any, int], str]
    as_it_came: Callable[[Any], tuple[ToSign, str]] | None = None
    taken_in: Callable[[Any, SignedFile, bytes], None] = lambda record, signed, data: None


_SIGNABLES: dict[str, Signable] = {}


def declare(signable: Signable) -> Signable:
    """Make a subject known; called when its room is loaded."""
    _SIGNABLES[signable.key] = signable
    return signable


def signable_of(key: str) -> Signable | None:
    return _SIGNABLES.get(key)

"""What can be printed. A room above declares its subject; this room knows only what stands here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Field:
    """A word that boxes may name in braces: `{ten}`.

    `required`: no sheet is printed without it. `typed`: it may be changed for one sheet. `read`: it stands on
    the proof sheet. `choices` are offered where it is changed.
    """

    key: str
    label: str
    example: str
    required: bool = False
    typed: bool = False
    read: bool = False
    choices: tuple[str, ...] = ()


@dataclass
class Sheet:
    """One sheet: the row it is of, how that row is called, its words by field, the address of its code."""

    row: models.Model
    name: str
    words: dict[str, str]
    address: str = ""
    own: dict[str, str] = field(default_factory=dict)  # words changed for this sheet (SheetWords)
    writers: set[int] = field(default_factory=set)  # everybody who ever changed them

    @property
    def key(self) -> str:
        return str(self.row.pk)


@dataclass(frozen=True)
class Subject:
    """A kind of sheet, printed for a record of `model`, a sheet for each of its rows.

    `sheets` returns those of a record, in the order in which they are called. `permission` on the record lets
    print; `readers` are the permissions that let read the proof. `writers` returns the ids of who typed the
    words: they do not read the proof. `why_not` says why sheets for signing cannot be made now, or "".
    `before_signing` runs in the transaction that freezes sheets for signing (numbers of the book). `newest`
    returns the newest record that a user may print, or None: its words are shown while a template is changed.
    `note` is the remark on the shipped template: what the office looks at before it confirms it.
    """

    key: str
    label: str
    noun: str
    model: type[models.Model]
    fields: tuple[Field, ...]
    permission: str
    readers: tuple[str, ...]
    sheets: Callable[[Any], list[Sheet]]
    title: Callable[[Any], str]
    writers: Callable[[Any], set[int]]
    why_not: Callable[[Any], str]
    before_signing: Callable[[Any, Iterable[Sheet]], None]
    default_boxes: Callable[[], list[dict[str, Any]]]
    newest: Callable[[Any], Any]
    note: str

    @property
    def labels(self) -> Mapping[str, str]:
        return {one.key: one.label for one in self.fields}


_SUBJECTS: dict[str, Subject] = {}


def declare(subject: Subject) -> Subject:
    """Make a subject known; called when its room is loaded."""
    _SUBJECTS[subject.key] = subject
    return subject


def subject_of(key: str) -> Subject | None:
    return _SUBJECTS.get(key)


def subjects() -> list[Subject]:
    return list(_SUBJECTS.values())

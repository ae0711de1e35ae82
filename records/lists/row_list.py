"""A list of rows that belong to a record: how it is found, shown, searched and put in order."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.db.models import F
from django.http import HttpRequest

from foundation.language.searching import search_text, search_words
from records.lists.pasting import Table

SHORT = 20  # a longer list is edited on its own screen; the form shows how many rows it has
PER_PAGE = 50
FEW_SHIFTS = 10


def _nothing(form: Any) -> None:
    """A row of this kind needs no check besides those of its form."""


def _every(rows: models.QuerySet, reader: Any) -> models.QuerySet:
    """Whoever reads the record reads each of its rows."""
    return rows


@dataclass(frozen=True)
class RowList:
    """One list of a kind of record.

    `accessor` is the related name on the record and the prefix of its inline; the screen of a row uses the
    inline's form and fields. `columns` are headings and functions of a row to words, or to safe HTML; the
    first names the row. They show all that is approved: a reader has no other screen of a long list.
    `check` adds errors to a form that is valid by itself. A list that is not `is_ordered` sorts itself.
    `readable` narrows the rows to those that a user who only reads the record may see.
    """

    slug: str
    accessor: str
    inline: type[InlineModelAdmin]
    columns: tuple[tuple[str, Callable[[Any], str]], ...]
    searched: tuple[str, ...]
    related: tuple[str, ...] = ()
    is_ordered: bool = True
    table: Callable[[Any], Table] | None = None  # how a pasted table of this record is read
    paste_url: Callable[[Any], str] | None = None  # a page of its own for that
    row_url: Callable[[Any], str] | None = None  # a page of its own for a row
    readable: Callable[[models.QuerySet, Any], models.QuerySet] = _every
    form_kwargs: Callable[[Any], dict[str, Any]] = lambda record: {}
    check: Callable[[Any], None] = _nothing
    why_kept: Callable[[models.QuerySet], str] = lambda rows: ""  # why these rows cannot be deleted

    @property
    def model(self) -> type[models.Model]:
        return self.inline.model

    @property
    def one(self) -> str:
        """What a row is called: “đại biểu”."""
        return str(self.model._meta.verbose_name)

    @property
    def label(self) -> str:
        """What the list is called: “Đại biểu”."""
        many = str(self.model._meta.verbose_name_plural)
        return many[:1].upper() + many[1:]

    def rows(self, record: Any, reader: Any = None) -> models.QuerySet:
        """Return the record's rows in their order; for a `reader`, those that this user may see."""
        rows = getattr(record, self.accessor).all()
        if reader is not None:
            rows = self.readable(rows, reader)
        return rows.select_related(*self.related) if self.related else rows

    def new_row(self, record: Any) -> Any:
        """Return a row of the record that is not saved yet."""
        relation = type(record)._meta.get_field(self.accessor)
        return self.model(**{relation.field.name: record})

    def is_sent(self, request: HttpRequest) -> bool:
        """Whether the form that was sent has this list's rows in it."""
        return f"{self.accessor}-TOTAL_FORMS" in request.POST

    def name_of(self, row: Any) -> str:
        return self.columns[0][1](row)

    def cells(self, row: Any) -> list[tuple[str, str]]:
        """Return the row as headings and words."""
        return [(heading, words(row)) for heading, words in self.columns]

    def keys(self, record: Any, reader: Any = None) -> list[int]:
        """Return the primary keys of the rows in their order: where each stands."""
        return list(self.rows(record, reader).values_list("pk", flat=True))

    def matching(self, record: Any, query: str, reader: Any = None) -> list[int]:
        """Return the keys of rows that have every word of the query, or one that begins with it; accents are
        ignored. Reads the searched words of all rows with one query.
        """
        words = search_words(query)
        found = self.rows(record, reader).values_list("pk", *self.searched)
        return [
            key
            for key, *texts in found
            if words and _has_all(f" {search_text(' '.join(filter(None, texts)))}", words)
        ]

    def move(self, record: Any, chosen: Collection[int], after: int) -> int:
        """Put the chosen rows, in their order, after the row that is number `after` now (0: first).

        Returns how many rows got another position; only these are written.
        """
        keys = self.keys(record)
        moved = [key for key in keys if key in chosen]
        head, tail = keys[:after], keys[after:]
        order = [key for key in head if key not in chosen] + moved
        order += [key for key in tail if key not in chosen]
        place = {key: number for number, key in enumerate(order, start=1)}
        rows = list(getattr(record, self.accessor).only("pk", "position"))
        changed = [row for row in rows if row.position != place[row.pk]]
        _renumber(self.model, changed, place)
        return len(changed)


def _renumber(model: type[models.Model], rows: list[Any], place: dict[int, int]) -> None:
    """Write the new positions: rows that shift by the same number in one statement.

    In a list that is numbered already, moving a row makes few shifts; 2,000 different positions take 0.8 s.
    """
    shifts: dict[int, list[int]] = {}
    for row in rows:
        shifts.setdefault(place[row.pk] - row.position, []).append(row.pk)
    if len(shifts) <= FEW_SHIFTS:
        for shift, keys in shifts.items():
            model._base_manager.filter(pk__in=keys).update(position=F("position") + shift)
        return
    for row in rows:
        row.position = place[row.pk]
    model._base_manager.bulk_update(rows, ["position"])


def _has_all(text: str, words: Collection[str]) -> bool:
    return all(f" {word}" in text for word in words)

"""How public things come into the index and leave it: inside the transaction that makes them public."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from foundation.language.searching import both_sequences
from foundation.search.database import index
from foundation.search.matching import Words
from foundation.search.models import Entry, Word
from foundation.search.places import place_of

LONGEST_WORD = 60  # letters; what is longer is an address or noise, found by its beginning
_VOCABULARY = range(2, 21)  # lengths of the words a mistyped one may have meant
_AT_ONCE = 500


@dataclass(frozen=True)
class Findable:
    """One public thing as its room describes it: what readers see of it, and nothing else.

    `names` are found like the title (former names); `units` and `school_year` are for narrowing.
    """

    kind: str
    pk: int
    moment: datetime.datetime
    title: str
    names: str = ""
    text: str = ""
    captions: str = ""
    units: frozenset[int] = frozenset()
    school_year: int | None = None


@dataclass(frozen=True)
class Read:
    """What is searched of a thing, as this database keeps it, and its words that may be suggested."""

    kept: tuple[str, ...]
    plain: frozenset[str]


class FindableRoom(Protocol):
    """How a room says what of it can be found: a module `findable`."""

    @property
    def KIND(self) -> str: ...

    def records(self) -> QuerySet: ...

    def item_of(self, record: Any, /) -> Findable: ...


def refresh(room: FindableRoom, *pks: int) -> None:
    """Have these records of a room found as they stand now, or no longer; in the caller's transaction."""
    found = list(room.records().filter(pk__in=pks))
    put_items(*map(room.item_of, found))
    drop_items(room.KIND, set(pks) - {record.pk for record in found})


def put_items(*items: Findable) -> None:
    """Enter the things as they are now, in the caller's transaction; one already there is replaced."""
    put_read_items([(item, read_words(item)) for item in items])


def put_read_items(items: Sequence[tuple[Findable, Read]]) -> None:
    """`put` for those that were read before, elsewhere."""
    if not items:
        return
    rows = [(_entry(item), read.kept) for item, read in items]
    with transaction.atomic(), connection.cursor() as cursor:
        _remove(item for item, _read in items)
        index().insert(cursor, rows)
    seen = set().union(*(read.plain for _item, read in items))
    transaction.on_commit(partial(_learn, seen), robust=True)


def drop_items(kind: str, pks: Iterable[int]) -> None:
    """Take the things out, in the caller's transaction; what is not there is no matter."""
    if gone := list(pks):
        Entry.objects.filter(kind=kind, source_id__in=gone).delete()


def missing_from_index(kind: str, pks: Iterable[int]) -> set[int]:
    """Which of these are not in the index."""
    asked = set(pks)
    found = Entry.objects.filter(kind=kind, source_id__in=asked)
    return asked - set(found.values_list("source_id", flat=True))


def tag_of_kind(kind: str) -> str:
    return f"_{kind}"


def tag_of_unit(pk: int) -> str:
    return f"_u{pk}"


def tag_of_year(first_year: int) -> str:
    return f"_y{first_year}"


def cut(words: Iterable[str]) -> list[str]:
    return [word[:LONGEST_WORD] for word in words]


def _remove(items: Iterable[Findable]) -> None:
    by_kind: dict[str, list[int]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item.pk)
    asked = Q()
    for kind, pks in by_kind.items():
        asked |= Q(kind=kind, source_id__in=pks)
    Entry.objects.filter(asked).delete()


def _entry(item: Findable) -> Entry:
    return Entry(
        place=place_of(item.moment, item.kind, item.pk),
        kind=item.kind,
        source_id=item.pk,
        title=_named(item),
        text=_closed(item.text),
        captions=item.captions,
    )


def _named(item: Findable) -> str:
    return f"{item.title}\n{item.names}"


def _closed(text: str) -> str:
    """Lines as sentences: an excerpt runs over them."""
    lines = (line if line[-1] in ".!?…:;,”" else f"{line}." for line in text.split("\n") if line)
    return "\n".join(lines)


def read_words(item: Findable) -> Read:
    """What is searched of a thing, whatever its number; asks nothing."""
    words = words_of(item)
    plain = filter(_is_plain, {*words.title, *words.text})
    return Read(index().kept(words), frozenset(plain))


def words_of(item: Findable) -> Words:
    title, text = _named(item), f"{item.text}\n{item.captions}"
    tags = [tag_of_kind(item.kind), *map(tag_of_unit, sorted(item.units))]
    title_words, title_marks = both_sequences(title)
    text_words, text_marks = both_sequences(text)
    return Words(
        title=cut(title_words),
        text=cut(text_words),
        title_marks=cut(title_marks),
        text_marks=cut(text_marks),
        tags=tags + ([tag_of_year(item.school_year)] if item.school_year else []),
    )


def _learn(words: set[str]) -> None:
    """After the commit, in one statement and in order: two publications never wait for each other."""
    for some in batched(sorted(words), _AT_ONCE, strict=False):
        Word.objects.bulk_create([Word(word=word) for word in some], ignore_conflicts=True)


def _is_plain(word: str) -> bool:
    return len(word) in _VOCABULARY and word.isascii() and word.isalpha()

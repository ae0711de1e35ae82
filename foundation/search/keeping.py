"""Put public things into the search index and remove them, in the transaction that publishes them."""

import datetime
from collections import Counter
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
from foundation.search.models import Entry
from foundation.search.places import place_of

LONGEST_WORD = 60  # letters; longer words are addresses or noise, and are found by their beginning
_VOCABULARY = range(2, 21)  # lengths of words that a mistyped word may have meant
_AT_ONCE = 500


@dataclass(frozen=True)
class Findable:
    """One public thing as its room describes it: only what readers may see.

    `names` (former names) are searched like the title; `about` (unit, authors, tags) like the text, but no
    excerpt shows it; `units` and `school_year` are for filters.
    """

    kind: str
    pk: int
    moment: datetime.datetime
    title: str
    names: str = ""
    text: str = ""
    captions: str = ""
    about: str = ""
    units: frozenset[int] = frozenset()
    school_year: int | None = None


@dataclass(frozen=True)
class Read:
    """The searchable words of a thing in this database's format, and its words for suggestions."""

    kept: tuple[str, ...]
    plain: frozenset[str]


class FindableRoom(Protocol):
    """What a room offers to be searched: a module `findable` with these members."""

    @property
    def KIND(self) -> str: ...

    def records(self) -> QuerySet: ...

    def item_of(self, record: Any, /) -> Findable: ...


def refresh(room: FindableRoom, *pks: int) -> None:
    """Index these records of a room again, or remove them if not public; in the caller's transaction."""
    found = list(room.records().filter(pk__in=pks))
    put_items(*map(room.item_of, found))
    drop_items(room.KIND, set(pks) - {record.pk for record in found})


def put_items(*items: Findable) -> None:
    """Index these things in the caller's transaction; existing entries are replaced."""
    put_read_items([(item, read_words(item)) for item in items])


def put_read_items(items: Sequence[tuple[Findable, Read]]) -> None:
    """Like `put_items`, for things whose words were read before."""
    if not items:
        return
    rows = [(_entry(item), read.kept) for item, read in items]
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        _remove(item for item, _read in items)
        index().insert(cursor, rows)
    seen = Counter(word for _item, read in items for word in read.plain)
    transaction.on_commit(partial(_learn, seen), robust=True)


def drop_items(kind: str, pks: Iterable[int]) -> None:
    """Remove these things in the caller's transaction; those without an entry are ignored."""
    if gone := list(pks):
        Entry.objects.filter(kind=kind, source_id__in=gone).delete()


def missing_from_index(kind: str, pks: Iterable[int]) -> set[int]:
    """Return those primary keys that are not in the index."""
    asked = set(pks)
    found = Entry.objects.filter(kind=kind, source_id__in=asked)
    return asked - set(found.values_list("source_id", flat=True))


def tag_of_kind(kind: str) -> str:
    """Return the index word of a kind."""
    return f"_{kind}"


def tag_of_unit(pk: int) -> str:
    """Return the index word of a unit."""
    return f"_u{pk}"


def tag_of_year(first_year: int) -> str:
    """Return the index word of a school year."""
    return f"_y{first_year}"


def cut(words: Iterable[str]) -> list[str]:
    """Return the words, each cut to LONGEST_WORD letters."""
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
    """End each line like a sentence, because an excerpt may continue over it."""
    lines = (line if line[-1] in ".!?…:;,”" else f"{line}." for line in text.split("\n") if line)
    return "\n".join(lines)


def read_words(item: Findable) -> Read:
    """Return the searchable words of a thing; does not need its primary key and makes no query."""
    words = words_of(item)
    plain = filter(_is_plain, {*words.title, *words.text})
    return Read(index().kept(words), frozenset(plain))


def words_of(item: Findable) -> Words:
    """Return the words of a thing's title and text, folded and as tone keys, and its tags."""
    title, text = _named(item), f"{item.text}\n{item.captions}\n{item.about}"
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


def _learn(seen: Counter[str]) -> None:
    """Count words after the commit, sorted and in one statement, so that no two deadlock."""
    with connection.cursor() as cursor:
        for some in batched(sorted(seen.items()), _AT_ONCE, strict=False):
            values = ", ".join(["(%s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO search_word (word, count) VALUES {values} "  # noqa: S608 (placeholders)
                "ON CONFLICT (word) DO UPDATE SET count = search_word.count + excluded.count",
                [value for pair in some for value in pair],
            )


def _is_plain(word: str) -> bool:
    return len(word) in _VOCABULARY and word.isascii() and word.isalnum()

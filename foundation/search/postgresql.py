"""The index on PostgreSQL: a tsvector column beside the entry, without the server's dictionaries.

Extra words replace positions and weights, which would make the server fetch every row: `dak` is anywhere,
`^dak` in the title, `dak+lak` side by side; tone keys begin with `_`, tags with `__`. Each row also has a
word for its period of time: the index has no order, so the newest periods are searched first.
"""

from collections.abc import Iterator
from itertools import pairwise

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper

from foundation.inserting.rows import write_rows
from foundation.search.matching import Clause, Match, Phrase, Window, Words
from foundation.search.models import Entry
from foundation.search.places import start_of, stretch_of

# The planner cannot know how rare two common words are together, and would rather scan the primary key;
# `+ 0` prevents that.
SELECT = "SELECT place FROM search_entry WHERE words @@ %s::tsquery AND place + 0 < %s AND place + 0 >= %s"
NEWEST = " ORDER BY place + 0 DESC"
# The words of things, in order: the tsvector has forgotten where they stood. None in rows from before.
_READABLE = ("title_words", "text_words", "title_keys", "text_keys")
READ = f"SELECT place, {', '.join(_READABLE)} FROM search_entry WHERE place IN"  # noqa: S608 (our own words)
# Rows searched before all of them: a word in every 2000th story fills a page from the second window.
_NEWEST_ROWS = (4_000, 40_000)
_MOST_STRETCHES = 64
PROMISED = 2  # longest phrase, in words, that the index itself can match


def create(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Migration: create the column and its index."""
    for statement in (
        "ALTER TABLE search_entry ADD COLUMN words tsvector",
        "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    ):
        schema_editor.execute(statement)


def slim(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Store texts and words outside the table's pages (TOAST): queries read many places but few texts."""
    schema_editor.execute("ALTER TABLE search_entry SET (toast_tuple_target = 128)")
    schema_editor.execute("ALTER TABLE search_entry ALTER COLUMN words SET STATISTICS 0")


def tell_time(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Migration: add the word of the period to existing rows; rebuilding the index is faster."""
    for statement in (
        "DROP INDEX search_entry_words",
        "UPDATE search_entry SET words = words || array_to_tsvector(ARRAY['__t' || (place >> 49)])",
        "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    ):
        schema_editor.execute(statement)


def keep_order(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Migration: columns for the words in order; `rebuild_search` fills them."""
    for column in _READABLE:
        schema_editor.execute(f"ALTER TABLE search_entry ADD COLUMN {column} text")


def forget_order(schema_editor: BaseDatabaseSchemaEditor) -> None:
    for column in _READABLE:
        schema_editor.execute(f"ALTER TABLE search_entry DROP COLUMN {column}")


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("ALTER TABLE search_entry DROP COLUMN IF EXISTS words")


def kept(words: Words) -> tuple[str, ...]:
    """Return the words in the index's format; makes no query."""
    return (vector(words), *words.in_order())


def insert(cursor: CursorWrapper, rows: list[tuple[Entry, tuple[str, ...]]]) -> None:
    """Insert entries with their words."""
    columns = ("place", "kind", "source_id", "title", "text", "captions", "words", *_READABLE)
    entries = (
        (
            e.place,
            e.kind,
            e.source_id,
            e.title,
            e.text,
            e.captions,
            f"{words} '_{_tag_of(stretch_of(e.place))}'",
            *in_order,
        )
        for e, (words, *in_order) in rows
    )
    write_rows(cursor, "search_entry", columns, entries)


def windows(first: int, last: int) -> Iterator[Window]:
    """Yield the windows to search one after the other: the newest rows, some more, all the rest."""
    for rows in _NEWEST_ROWS:
        low, top, seen = _newest(rows + 1, first, last)
        if not seen:
            return
        oldest = max(stretch_of(low), stretch_of(top) - _MOST_STRETCHES + 1)
        tags = tuple(map(_tag_of, range(oldest, stretch_of(top) + 1)))
        yield Window(tags, max(first, start_of(oldest)), last)
        if seen <= rows and oldest == stretch_of(low):
            return  # there are no more rows
        last = start_of(oldest)
    if first < last:
        yield Window((), first, last)


def _newest(most: int, first: int, last: int) -> tuple[int, int, int]:
    """Return the lowest and highest place of the newest rows and their number, by an index-only scan."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT MIN(place), MAX(place), COUNT(*) FROM (SELECT place FROM search_entry "
            "WHERE place < %s AND place >= %s ORDER BY place DESC LIMIT %s) AS newest",
            [last, first, most],
        )
        return cursor.fetchone()


def _tag_of(stretch: int) -> str:
    return f"_t{stretch}"


def vector(words: Words) -> str:
    """Return the words as the text of a tsvector: `'^dak' '^dak+lak' '^lak' 'dak' 'dak+lak' 'lak'`."""
    found = {f"_{tag}" for tag in words.tags}
    for prefix, title, text in (("", words.title, words.text), ("_", words.title_marks, words.text_marks)):
        for place, sequence in (("", title), ("", text), ("^", title)):
            found.update(prefix + place + word for word in sequence)
            found.update(f"{prefix}{place}{a}+{b}" for a, b in pairwise(sequence))
    return f"'{"' '".join(found)}'"


def expression(match: Match, stretches: Phrase) -> str:
    """Return the match as a tsquery, limited to a window's periods of time."""
    parts = [_clause(match.clause)]
    groups = (*match.tags, stretches) if stretches else match.tags
    parts += [" | ".join(_quoted(f"_{tag}") for tag in group) for group in groups]
    parts += [f"!({_clause(clause)})" for clause in match.unless]
    return " & ".join(f"({part})" for part in parts)


def _clause(clause: Clause) -> str:
    prefix = ("_" if clause.marks else "") + ("^" if clause.title else "")
    return clause.joined(
        lambda phrase: " & ".join(_quoted(prefix + words) for words in _side_by_side(phrase)), " & ", " | "
    )


def _side_by_side(phrase: Phrase) -> list[str]:
    """Return each word with its neighbour; a longer phrase matches if all its pairs do."""
    return [f"{a}+{b}" for a, b in pairwise(phrase)] or list(phrase)


def _quoted(word: str) -> str:
    return f"'{word}'"

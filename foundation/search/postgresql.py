"""The index on PostgreSQL: a stored tsvector beside the entry, written by us word by word.

No dictionary and no parser of the server takes part, so both databases hold the same words. There are
no positions and no weights, for which the server would have to fetch every row again: what they would
say is words of its own. `dak` stands anywhere, `^dak` in the title, `dak+lak` side by side; tone keys
begin with an underscore, tags with two.

Such an index knows no order: it gives all that hold a common word, and the server would sort a million
of them to show the newest twenty. So each row has the stretch of time it lies in as one word more, and
the newest stretches are asked first.
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

# The planner cannot know how rare two common words are together, and would rather walk down the key:
# `+ 0` hides the key from it.
SELECT = "SELECT place FROM search_entry WHERE words @@ %s::tsquery AND place + 0 < %s AND place + 0 >= %s"
NEWEST = " ORDER BY place + 0 DESC"
# Rows looked into before all of them: what one story in two thousand holds fills a page from the second.
_NEWEST_ROWS = (4_000, 40_000)
_MOST_STRETCHES = 64
PROMISED = 2  # words of a phrase the index itself holds together


def create(schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in (
        "ALTER TABLE search_entry ADD COLUMN words tsvector",
        "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    ):
        schema_editor.execute(statement)


def slim(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keep texts and words out of the table's own pages: thousands of places are read, few texts."""
    schema_editor.execute("ALTER TABLE search_entry SET (toast_tuple_target = 128)")
    schema_editor.execute("ALTER TABLE search_entry ALTER COLUMN words SET STATISTICS 0")


def tell_time(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the rows of before the word of their stretch; the index is made anew, which is quicker."""
    for statement in (
        "DROP INDEX search_entry_words",
        "UPDATE search_entry SET words = words || array_to_tsvector(ARRAY['__t' || (place >> 49)])",
        "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    ):
        schema_editor.execute(statement)


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("ALTER TABLE search_entry DROP COLUMN IF EXISTS words")


def kept(words: Words) -> tuple[str, ...]:
    """The words as the index keeps them; asks nothing."""
    return (vector(words),)


def insert(cursor: CursorWrapper, rows: list[tuple[Entry, tuple[str, ...]]]) -> None:
    columns = ("place", "kind", "source_id", "title", "text", "captions", "words")
    entries = (
        (
            e.place,
            e.kind,
            e.source_id,
            e.title,
            e.text,
            e.captions,
            f"{words} '_{_tag_of(stretch_of(e.place))}'",
        )
        for e, (words,) in rows
    )
    write_rows(cursor, "search_entry", columns, entries)


def windows(first: int, last: int) -> Iterator[Window]:
    """What to look into one after the other: the newest rows, some more, all the rest."""
    for rows in _NEWEST_ROWS:
        low, top, seen = _newest(rows + 1, first, last)
        if not seen:
            return
        oldest = max(stretch_of(low), stretch_of(top) - _MOST_STRETCHES + 1)
        tags = tuple(map(_tag_of, range(oldest, stretch_of(top) + 1)))
        yield Window(tags, max(first, start_of(oldest)), last)
        if seen <= rows and oldest == stretch_of(low):
            return  # that was all
        last = start_of(oldest)
    if first < last:
        yield Window((), first, last)


def _newest(most: int, first: int, last: int) -> tuple[int, int, int]:
    """The lowest and the highest place of the newest rows, and their number; read from the key alone."""
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
    """The words as a tsvector is written: `'^dak' '^dak+lak' '^lak' 'dak' 'dak+lak' 'lak'`."""
    found = {f"_{tag}" for tag in words.tags}
    for prefix, title, text in (("", words.title, words.text), ("_", words.title_marks, words.text_marks)):
        for place, sequence in (("", title), ("", text), ("^", title)):
            found.update(prefix + place + word for word in sequence)
            found.update(f"{prefix}{place}{a}+{b}" for a, b in pairwise(sequence))
    return f"'{"' '".join(found)}'"


def expression(match: Match, stretches: Phrase) -> str:
    """The match as a tsquery is written, within a window's stretches of time."""
    parts = [_clause(match.clause)]
    groups = (*match.tags, stretches) if stretches else match.tags
    parts += [" | ".join(_quoted(f"_{tag}") for tag in group) for group in groups]
    parts += [f"!({_clause(clause)})" for clause in match.unless]
    return " & ".join(f"({part})" for part in parts)


def _clause(clause: Clause) -> str:
    prefix = ("_" if clause.marks else "") + ("^" if clause.title else "")
    return " & ".join(_quoted(prefix + words) for phrase in clause.phrases for words in _side_by_side(phrase))


def _side_by_side(phrase: Phrase) -> list[str]:
    """Each word with its neighbour; a longer phrase holds when all its pairs do."""
    return [f"{a}+{b}" for a, b in pairwise(phrase)] or list(phrase)


def _quoted(word: str) -> str:
    return f"'{word}'"

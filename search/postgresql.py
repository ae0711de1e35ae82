"""The index on PostgreSQL: a stored tsvector beside the entry, written by us word by word.

No dictionary and no parser of the server takes part, so both databases hold the same words. There are
no positions and no weights, for which the server would have to fetch every row again: what they would
say is words of its own. `dak` stands anywhere, `^dak` in the title, `dak+lak` side by side; tone keys
begin with an underscore, tags with two.
"""

from itertools import pairwise

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper

from inserting.rows import write
from search.matching import Clause, Match, Phrase, Words
from search.models import Entry

SELECT = "SELECT place FROM search_entry WHERE words @@ %s::tsquery AND place < %s AND place >= %s"
NEWEST = " ORDER BY place DESC"


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


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("ALTER TABLE search_entry DROP COLUMN IF EXISTS words")


def kept(words: Words) -> tuple[str, ...]:
    """The words as the index keeps them; asks nothing."""
    return (vector(words),)


def insert(cursor: CursorWrapper, rows: list[tuple[Entry, tuple[str, ...]]]) -> None:
    columns = ("place", "kind", "source_id", "text", "captions", "words")
    entries = ((e.place, e.kind, e.source_id, e.text, e.captions, *kept) for e, kept in rows)
    write(cursor, "search_entry", columns, entries)


def vector(words: Words) -> str:
    """The words as a tsvector is written: `'^dak' '^dak+lak' '^lak' 'dak' 'dak+lak' 'lak'`."""
    found = {f"_{tag}" for tag in words.tags}
    for prefix, title, text in (("", words.title, words.text), ("_", words.title_marks, words.text_marks)):
        for place, sequence in (("", title), ("", text), ("^", title)):
            found.update(prefix + place + word for word in sequence)
            found.update(f"{prefix}{place}{a}+{b}" for a, b in pairwise(sequence))
    return f"'{"' '".join(found)}'"


def expression(match: Match) -> str:
    """The match as a tsquery is written."""
    parts = [_clause(match.clause)]
    parts += [" | ".join(_quoted(f"_{tag}") for tag in group) for group in match.tags]
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

"""The index on SQLite: an FTS5 table whose rowid is the entry's place.

The words are folded before, so the tokenizer only splits at spaces. FTS5 returns matches in the order of
rowid, so the newest twenty take the same time however many there are.
"""

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper

from foundation.inserting.rows import insert_all, write_rows
from foundation.search.matching import Clause, Match, Phrase, Window, Words
from foundation.search.models import Entry

COLUMNS = ("title", "text", "title_marks", "text_marks", "tags")
SELECT = "SELECT rowid FROM search_words WHERE search_words MATCH %s AND rowid < %s AND rowid >= %s"
# The words of things, in order, as `Words.joined` gives them.
READ = "SELECT rowid, title, text, title_marks, text_marks FROM search_words WHERE rowid IN"
PROMISED = 1_000  # longest phrase, in words, that the index itself can match: more than a query has
NEWEST = " ORDER BY rowid DESC"


def create(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Migration: create the FTS5 table and the trigger that follows deletions."""
    columns = ", ".join(COLUMNS)
    schema_editor.execute(
        f"CREATE VIRTUAL TABLE search_words USING fts5({columns}, tokenize=\"ascii tokenchars '_'\")"
    )
    # Deleting an entry, by whatever code, deletes its words.
    schema_editor.execute(
        "CREATE TRIGGER search_entry_words_go AFTER DELETE ON search_entry "
        "BEGIN DELETE FROM search_words WHERE rowid = OLD.place; END"
    )


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TRIGGER IF EXISTS search_entry_words_go")
    schema_editor.execute("DROP TABLE IF EXISTS search_words")


def kept(words: Words) -> tuple[str, ...]:
    """Return the words in the index's format; makes no query."""
    return tuple(" ".join(getattr(words, column)) for column in COLUMNS)


def insert(cursor: CursorWrapper, rows: list[tuple[Entry, tuple[str, ...]]]) -> None:
    """Insert entries, then their words."""
    insert_all(entry for entry, _kept in rows)
    write_rows(cursor, "search_words", ("rowid", *COLUMNS), [(entry.place, *kept) for entry, kept in rows])


def windows(first: int, last: int) -> Iterator[Window]:
    """Yield one window with everything: FTS5 returns the newest first."""
    yield Window((), first, last)


def expression(match: Match, _stretches: Phrase) -> str:
    """Return the match in FTS5 syntax. Words are letters and digits, so they need no quoting."""
    parts = [_clause(match.clause)]
    parts += [f"tags : ({' OR '.join(map(_quoted, group))})" for group in match.tags]
    found = " AND ".join(f"({part})" for part in parts)
    if not match.unless:
        return found
    return f"({found}) NOT ({' OR '.join(f'({_clause(clause)})' for clause in match.unless)})"


def _clause(clause: Clause) -> str:
    columns = "title_marks text_marks" if clause.marks else "title text"
    if clause.title:
        columns = columns.split(" ", maxsplit=1)[0]
    phrases = clause.joined(lambda phrase: _quoted(" ".join(phrase)), " AND ", " OR ")
    return f"{{{columns}}} : ({phrases})"


def _quoted(words: str) -> str:
    return f'"{words}"'

"""The index on PostgreSQL: a stored tsvector beside the entry, written by us word by word.

No dictionary and no parser of the server takes part, so both databases hold the same words. Titles
have weight A, texts B; tone keys begin with an underscore, tags with two.
"""

from collections import defaultdict

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper

from search.matching import Clause, Match, Words
from search.models import Entry

SELECT = "SELECT place FROM search_entry WHERE words @@ %s::tsquery AND place < %s AND place >= %s"
NEWEST = " ORDER BY place DESC"
# A tsvector tells positions up to here apart, and keeps so many of one word.
_LAST_POSITION, _POSITIONS_A_WORD = 16383, 250
_APART = 8  # no phrase runs from the title into the text


def create(schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in (
        "ALTER TABLE search_entry ADD COLUMN words tsvector",
        # The planner chooses between the index of words and the order of time by how common words are.
        "ALTER TABLE search_entry ALTER COLUMN words SET STATISTICS 1000",
        "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    ):
        schema_editor.execute(statement)


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("ALTER TABLE search_entry DROP COLUMN IF EXISTS words")


def insert(cursor: CursorWrapper, rows: list[tuple[Entry, Words]]) -> None:
    cursor.executemany(
        "INSERT INTO search_entry (place, kind, source_id, text, captions, words) "
        "VALUES (%s, %s, %s, %s, %s, %s::tsvector)",
        [(e.place, e.kind, e.source_id, e.text, e.captions, vector(words)) for e, words in rows],
    )


def vector(words: Words) -> str:
    """The words as a tsvector is written: `'dak':1A,9B 'lak':2A`."""
    places: dict[str, list[str]] = defaultdict(list)
    for prefix, title, text in (("", words.title, words.text), ("_", words.title_marks, words.text_marks)):
        _note(places, prefix, title, 1, "A")
        _note(places, prefix, text, len(title) + _APART, "B")
    marked = [f"{_quoted(word)}:{','.join(found)}" for word, found in places.items()]
    return " ".join(marked + [_quoted(f"_{tag}") for tag in dict.fromkeys(words.tags)])


def _note(places: dict[str, list[str]], prefix: str, words: list[str], first: int, weight: str) -> None:
    for position, word in enumerate(words, first):
        found = places[prefix + word]
        if len(found) < _POSITIONS_A_WORD:
            found.append(f"{min(position, _LAST_POSITION)}{weight}")


def expression(match: Match) -> str:
    """The match as a tsquery is written."""
    parts = [_clause(match.clause)]
    parts += [" | ".join(_quoted(f"_{tag}") for tag in group) for group in match.tags]
    parts += [f"!({_clause(clause)})" for clause in match.unless]
    return " & ".join(f"({part})" for part in parts)


def _clause(clause: Clause) -> str:
    prefix, weight = "_" if clause.marks else "", ":A" if clause.title else ""
    return " & ".join(
        f"({' <-> '.join(_quoted(prefix + word) + weight for word in phrase)})" for phrase in clause.phrases
    )


def _quoted(word: str) -> str:
    return f"'{word}'"

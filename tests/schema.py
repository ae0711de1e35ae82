"""What the schema of the connected database is, in lines that two databases can be compared by.

The order of columns and of conditions joined by OR is left out: it hangs on the way a table came to be, and
nothing reads columns by their place.
"""

import re
from collections.abc import Iterator

from django.db import connection

_ON_POSTGRESQL = (
    "SELECT table_name, column_name, udt_name, character_maximum_length, is_nullable, column_default, "
    "is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT relname, relkind, reloptions::text FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "SELECT attrelid::regclass::text, attname, attstattarget FROM pg_attribute "
    "JOIN pg_class c ON c.oid = attrelid WHERE c.relnamespace = 'public'::regnamespace "
    "AND attnum > 0 AND NOT attisdropped",
    "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'approvals%%'",
    "SELECT extname FROM pg_extension",
)


def lines() -> list[str]:
    found = _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql()
    return sorted(found)


def _on_sqlite() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
        for kind, name, table, words in cursor.fetchall():
            for part in _parts(words or ""):
                yield f"{kind} {name} {table}: {part}"


def _parts(words: str) -> list[str]:
    """The statement itself, or of a table and of a trigger's condition every part of its own."""
    if found := re.match(r'CREATE TABLE "\w+" \((.*)\)$', words, re.S):
        return _split(found[1])
    if found := re.match(r"(.* WHEN )(.*)( BEGIN .*)", words, re.S):
        return [found[1] + found[3], *found[2].split(" OR ")]
    return [words]


def _split(columns: str) -> list[str]:
    """At the commas that stand neither in brackets nor in quotation marks."""
    tokens = re.findall(r"'[^']*'|\"[^\"]*\"|[(),]|[^'\"(),]+", columns)
    parts, depth = [""], 0
    for token in tokens:
        depth += (token == "(") - (token == ")")
        if token == "," and not depth:
            parts.append("")
        else:
            parts[-1] += token
    return [part.strip() for part in parts]


def _on_postgresql() -> Iterator[str]:
    with connection.cursor() as cursor:
        for question in _ON_POSTGRESQL:
            cursor.execute(question)
            for row in cursor.fetchall():
                yield from _in_any_order(" ".join(map(str, row)))


def _in_any_order(line: str) -> list[str]:
    if found := re.match(r"(CREATE TRIGGER .* WHEN )\((.*)\)( EXECUTE .*)", line):
        return [found[1] + found[3], *(part.strip("()") for part in found[2].split(" OR "))]
    return [line]

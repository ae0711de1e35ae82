"""Questions of many parts that pages ask again and again with other numbers: their SQL is written once.

Django takes longer to write such a question than the database to answer it.
"""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

# Stand for the numbers while the SQL is written; no row of any table has such a key.
_FIRST = 9_000_000_000_000_000


class _Written(NamedTuple):
    compiler: SQLCompiler
    sql: str
    values: tuple[Any, ...]
    names: tuple[str, ...]


_written: dict[tuple[Any, ...], _Written] = {}


def ask(build: Callable[..., QuerySet], *groups: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of `build(*groups)`, a `.values()` queryset that names each number as a value and no more.

    `build` is a function of a module: it is called once for each set of lengths of the groups, with
    other numbers. What it takes from the clock or from settings would stay as it was then.
    """
    lengths = tuple(len(group) for group in groups)
    key = (build, lengths, connection.vendor)
    written = _written.get(key)
    if written is None:
        written = _written[key] = _write(build, lengths)
    numbers = [number for group in groups for number in group]
    values = [_number_for(value, numbers) for value in written.values]
    compiler = copy(written.compiler)
    compiler.connection = connection  # this thread's own
    with connection.cursor() as cursor:
        cursor.execute(written.sql, values)
        rows = compiler.results_iter([cursor.fetchall()])
        return [dict(zip(written.names, row, strict=True)) for row in rows]


def _number_for(value: Any, numbers: list[int]) -> Any:
    """PostgreSQL's driver is told how wide a number is: by an `int` of its own kind."""
    if isinstance(value, int) and value >= _FIRST:
        return type(value)(numbers[value - _FIRST])
    return value


def _write(build: Callable[..., QuerySet], lengths: tuple[int, ...]) -> _Written:
    groups, start = [], _FIRST
    for length in lengths:
        groups.append(list(range(start, start + length)))
        start += length
    query = build(*groups).query
    compiler = query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    if not set(range(_FIRST, start)) <= set(values):
        raise ValueError(f"{build.__name__} does not pass on each of its numbers as a value")
    compiler.connection = None
    return _Written(compiler, sql, tuple(values), tuple(query.selected))

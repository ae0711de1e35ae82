"""Questions of many parts that pages ask again and again with other values: their SQL is written once.

Django takes longer to write such a question than the database to answer it.
"""

import datetime
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from foundation.paging.rows import Row, Shape, shape_of

# Stand for the numbers and moments while the SQL is written; no row of any table has such ones.
_FIRST = 9_000_000_000_000_000
_MOMENT = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)
Value = int | datetime.datetime


class _Written(NamedTuple):
    sql: str
    values: tuple[Any, ...]
    # Which of the values asked for takes the place of one written down.
    places: dict[Any, int]
    shape: Shape


_written: dict[tuple[Any, ...], _Written] = {}


def ask[Made: Row](
    build: Callable[..., QuerySet] | Hashable, *groups: Sequence[Value], made: type[Made] = Row
) -> list[Made]:
    """The rows of `build(*groups)`, a `.values()` queryset that names each number or moment as a value and
    no more.

    `build` is a function of a module, or equal whenever it asks the same: it is called once for each set
    of lengths of the groups, with other values. What it takes from the clock or from settings would stay
    as it was then.
    """
    kinds = tuple(tuple(isinstance(value, datetime.datetime) for value in group) for group in groups)
    key = (build, kinds, connection.vendor)
    written = _written.get(key)
    if written is None:
        written = _written[key] = _write(build, groups)
    asked = [value for group in groups for value in group]
    values = [_asked_for(value, written.places, asked) for value in written.values]
    with connection.cursor() as cursor:
        cursor.execute(written.sql, values)
        return [made(row, written.shape) for row in cursor.fetchall()]


def _asked_for(value: Any, places: dict[Any, int], asked: list[Value]) -> Any:
    place = places.get(value) if isinstance(value, int | str | datetime.datetime) else None
    if place is None:
        return value
    if isinstance(value, int):
        return type(value)(asked[place])  # PostgreSQL's driver is told how wide a number is by its type
    return connection.ops.adapt_datetimefield_value(asked[place])


def _write(build: Callable[..., QuerySet], groups: Sequence[Sequence[Value]]) -> _Written:
    stand_ins: list[list[Value]] = []
    places: dict[Any, int] = {}
    for group in groups:
        stand_ins.append([])
        for value in group:
            place = len(places)
            if isinstance(value, datetime.datetime):
                stands_in = _MOMENT + datetime.timedelta(days=place)
                places[connection.ops.adapt_datetimefield_value(stands_in)] = place
            else:
                stands_in = _FIRST + place
                places[stands_in] = place
            stand_ins[-1].append(stands_in)
    compiler = build(*stand_ins).query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    if not set(places) <= {value for value in values if isinstance(value, int | str | datetime.datetime)}:
        raise ValueError(f"{build} does not pass on each of its values")
    return _Written(sql, tuple(values), places, shape_of(compiler))

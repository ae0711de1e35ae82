"""Rows as the database answered them: a column is turned into what Django makes of it when it is asked for.

Lists show the same cards again and again: drawn ones are found by what was answered (`Row.key`), and a
photo's JSON or a moment of a card that is remembered is never read.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple, Self

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler


class Shape(NamedTuple):
    """What the columns are called, and how those that need it are converted."""

    names: tuple[str, ...]
    places: dict[str, int]
    converters: dict[int, tuple[list[Callable], Any]]


class Row:
    """`row["title"]`; equal keys are equal rows."""

    __slots__ = ("_shape", "raw")

    def __init__(self, raw: tuple[Any, ...], shape: Shape):
        self.raw, self._shape = raw, shape

    @classmethod
    def of(cls, facts: dict[str, Any]) -> Self:
        """A row no query answered; data of many parts is packed as the database packs it."""
        packed = {name for name, fact in facts.items() if isinstance(fact, dict | list)}
        raw = tuple(json.dumps(fact) if name in packed else fact for name, fact in facts.items())
        places = {name: place for place, name in enumerate(facts)}
        return cls(raw, Shape(tuple(facts), places, {places[name]: ([_unpacked], None) for name in packed}))

    def __getitem__(self, name: str) -> Any:
        place = self._shape.places[name]
        value = self.raw[place]
        convert, expression = self._shape.converters.get(place, ((), None))
        for one in convert:
            value = one(value, expression, connection)
        return value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.raw)

    def keys(self) -> tuple[str, ...]:
        return self._shape.names

    @property
    def key(self) -> tuple[Any, ...]:
        return self._shape.names, self.raw


def _unpacked(value: str, _expression: None, _connection: Any) -> Any:
    return json.loads(value)


def shape_of(compiler: SQLCompiler) -> Shape:
    """Of a compiled `.values()` query."""
    names = tuple(compiler.query.selected)
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    return Shape(names, {name: place for place, name in enumerate(names)}, converters)


def read[Made: Row](rows: QuerySet, made: type[Made]) -> list[Made]:
    """The answer to a `.values()` queryset."""
    compiler = rows.query.get_compiler(connection=connection)
    chunks = list(compiler.execute_sql())
    if not chunks:  # perhaps nothing was asked at all, and nothing written
        return []
    shape = shape_of(compiler)
    return [made(row, shape) for chunk in chunks for row in chunk]

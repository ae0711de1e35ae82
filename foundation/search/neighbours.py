"""How often two words stand side by side in public texts, counted up to a limit."""

from collections.abc import Iterable

from django.db import connection

from foundation.search.database import index
from foundation.search.matching import Clause, Match
from foundation.search.places import FIRST, LAST

MANY, AT_ONCE = 40, 40  # counted so far; pairs asked for at once
Pair = tuple[str, str]


def together(pairs: Iterable[Pair]) -> dict[Pair, int]:
    """Return for each pair of folded words the number of things that hold it, at most MANY; one query."""
    asked = list(dict.fromkeys(pairs))[:AT_ONCE]
    if not asked:
        return {}
    db = index()
    parts, params = [], []
    for number, pair in enumerate(asked):
        parts.append(f"SELECT {number}, COUNT(*) FROM ({db.SELECT} LIMIT %s) AS p{number}")  # noqa: S608
        params += [db.expression(Match(Clause((pair,))), ()), LAST, FIRST, MANY]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return {asked[number]: count for number, count in cursor.fetchall()}

"""Rows that readers see: which pages show them, and what else follows when one changes.

Each room declares its own in `public_rows`, beside its `querysets.public()`. Whoever writes such a row
announces it in the same transaction: a step does (`approvals.engine`), a form of the back-office does
(`foundation.pagestore.admin`), every other function calls `announce` itself. See docs/decisions/0028.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import Model

from foundation.pagestore.purging import purge


class _Shown(NamedTuple):
    tags: tuple[str, ...]
    follow: Callable[..., object] | None


_shown: dict[type[Model], _Shown] = {}


def declare(*models: type[Model], tags: Iterable[str], follow: Callable[..., object] | None = None) -> None:
    """Rows of these models stand on the pages that carry `tags`; each page that shows one carries them.

    `follow` is called with the numbers of announced rows, in their transaction: search is told there.
    """
    _shown.update(dict.fromkeys(models, _Shown(tuple(tags), follow)))


def tags_of(model: type[Model]) -> tuple[str, ...]:
    """The tags of the pages that show rows of this model; none where readers see no row of it."""
    shown = _shown.get(model)
    return shown.tags if shown else ()


def announce(*changed: Model | type[Model]) -> None:
    """Drop the pages that show these rows and do what follows, as part of the caller's transaction.

    A model stands for rows of it that were written many at once: their pages go, nothing follows.
    Rows that readers do not see are no error.
    """
    numbers: dict[type[Model], list[int]] = {}
    for one in changed:
        rows = numbers.setdefault(one if isinstance(one, type) else type(one), [])
        rows += [] if isinstance(one, type) else [one.pk]
    if tags := {tag for model in numbers for tag in tags_of(model)}:
        purge(*tags)
    for model, pks in numbers.items():
        if pks and model in _shown and (follow := _shown[model].follow):
            follow(*pks)

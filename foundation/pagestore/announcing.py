"""Which pages show which rows, and what else must happen when such a row changes.

Each room declares its rows in `public_rows`, beside its `querysets.public()`. Code that writes such a row
announces it in the same transaction: a workflow step does (`approvals.engine`), a form of the admin does
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
    """Declare that pages with one of `tags` show rows of these models; every page that shows one has a tag.

    `follow` is called with the primary keys of announced rows, in their transaction; it updates the search.
    """
    _shown.update(dict.fromkeys(models, _Shown(tuple(tags), follow)))


def tags_of(model: type[Model]) -> tuple[str, ...]:
    """Return the tags of the pages that show rows of this model; empty if readers see none."""
    shown = _shown.get(model)
    return shown.tags if shown else ()


def announce(*changed: Model | type[Model]) -> None:
    """Purge the pages that show these rows and call what follows, in the caller's transaction.

    A model class stands for many rows of it written at once: their pages are purged and `follow` is not
    called. Rows of undeclared models are ignored.
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

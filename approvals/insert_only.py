"""How a row that must never change defends itself in application code."""

from typing import Any, NoReturn

from django.db import models


class FrozenRowError(RuntimeError):
    """Somebody tried to change or delete a record of what happened: a bug, never a user error."""


class InsertOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise FrozenRowError(f"{self.model.__name__} is insert-only")

    def delete(self) -> NoReturn:
        raise FrozenRowError(f"{self.model.__name__} is insert-only")

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django marks its own


class InsertOnly(models.Model):
    """A record of what happened: rows are added, never changed, never deleted."""

    objects = InsertOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenRowError(f"{type(self).__name__} is insert-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRowError(f"{type(self).__name__} is insert-only")

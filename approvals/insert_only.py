"""Refuse in Python to change or delete a row of a log."""

from typing import Any, NoReturn

from django.db import models


class FrozenRowError(RuntimeError):
    """Code tried to change or delete a row of a log: a bug, never a user's mistake."""


class InsertOnlyQuerySet(models.QuerySet):
    """Raises FrozenRowError for update and delete."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise FrozenRowError(f"{self.model.__name__} is insert-only")

    def delete(self) -> NoReturn:
        raise FrozenRowError(f"{self.model.__name__} is insert-only")

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django marks its own


class InsertOnly(models.Model):
    """A row of a log: it is added, never changed, never deleted. Raises FrozenRowError otherwise."""

    objects = InsertOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenRowError(f"{type(self).__name__} is insert-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FrozenRowError(f"{type(self).__name__} is insert-only")

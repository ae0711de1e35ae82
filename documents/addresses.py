"""Slugs of registered records: made from their words, unique."""

from django.db import models

from foundation.language.vietnamese import slug


def address_for(record: models.Model, typed: str, before: str, now: str) -> str:
    """Return the slug for a record: the typed one, or one that follows its words until it is public.

    `before` and `now` are those words as stored and as typed.
    """
    is_made = bool(slug(before)) and typed.startswith(slug(before, 110))
    if typed and (record.published_at or before == now or not is_made):
        return typed
    return free_slug(record, now)


def free_slug(record: models.Model, words: str, limit: int = 110) -> str:
    """Return an unused slug from the words: with "-2", "-3" … if it is taken."""
    wanted = slug(words, limit) or record._meta.model_name
    others = type(record)._base_manager.exclude(pk=record.pk).filter(slug__startswith=wanted)
    taken = set(others.values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)

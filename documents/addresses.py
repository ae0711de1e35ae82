"""How a record gets its place in an address: words of ours, never two the same."""

from django.db import models

from language.vietnamese import slug


def free_slug(record: models.Model, words: str, limit: int = 110) -> str:
    """The words as an address nobody else of this kind has: "-2", "-3" … where they are taken."""
    wanted = slug(words, limit) or record._meta.model_name
    others = type(record)._base_manager.exclude(pk=record.pk).filter(slug__startswith=wanted)
    taken = set(others.values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)

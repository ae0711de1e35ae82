"""Components drawn once for the same facts: a card looks alike on every page that shows it."""

import pickle
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString

register = template.Library()
KEPT = 2048  # drawn components a process remembers: some 4 MB


@register.simple_tag
def draw(name: str, **facts: Any) -> SafeString:
    """`{% draw "_components/story_row.html" story=story first=True %}`: like `include … only`, remembered.

    What is drawn depends on the facts alone, so nothing remembered is ever stale. They are plain data;
    a record says which of its own are shown as its `card`.
    """
    shown = {key: getattr(value, "card", value) for key, value in facts.items()}
    # Packed, because plain data has no hash; escaped and trusted text differ in it.
    packed = pickle.dumps(shown, pickle.HIGHEST_PROTOCOL)
    return _drawn.__wrapped__(name, packed) if settings.DEBUG else _drawn(name, packed)


@lru_cache(maxsize=KEPT)
def _drawn(name: str, packed: bytes) -> SafeString:
    facts = pickle.loads(packed)  # noqa: S301 (packed a moment ago, by the function above)
    return Engine.get_default().get_template(name).render(Context(facts))

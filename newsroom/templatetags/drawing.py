"""Cache rendered components: a card looks the same on every page that shows it."""

import pickle
import secrets
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context, Engine, Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, TextNode, Token, token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()
# Components that a process caches. Most take 2 KB; one that repeats the words of its address takes 20, and
# requests for ever new addresses could fill the cache with those.
KEPT = 512
# Placeholder for the varying words; random in each process and never sent, so no text can contain it.
_MARK = secrets.token_hex(16)
_PLAIN = (str, SafeString, bool, int, type(None))


@register.tag
def icon(parser: Parser, token: Token) -> TextNode:
    """`{% icon "clock" %}`: the SVG, inserted when the template is compiled."""
    _tag, name = token.split_contents()
    drawing = Engine.get_default().get_template(f"_components/icons/{name[1:-1]}.html")
    return TextNode(drawing.source)


@register.tag
def draw(parser: Parser, token: Token) -> Node:
    """`{% draw "_components/story_row.html" story=story first=True %}`: a cached `include … only`.

    The result depends only on the arguments, so the cache is never out of date. Arguments are plain data, a
    record with `card` (what of it is shown), or a row with `key` (its cache key). `varying` are words that
    differ from page to page: they are inserted, escaped, where the component shows `varying`.
    """
    _tag, name, *bits = token.split_contents()
    facts = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"draw takes a name and facts, not {' '.join(bits)}")
    return _Drawing(name[1:-1], facts)


class _Drawing(Node):
    def __init__(self, name: str, facts: dict[str, FilterExpression]):
        self.name, self.facts = name, facts

    def render(self, context: Context) -> str:
        facts = {fact: value.resolve(context) for fact, value in self.facts.items()}
        varying = facts.get("varying") or ""
        if varying:
            facts["varying"] = _MARK
        asked = _Asked((self.name, *((fact, type(value), _key_of(value)) for fact, value in facts.items())))
        asked.facts = facts
        pieces = _drawn.__wrapped__(asked) if settings.DEBUG else _drawn(asked)
        return conditional_escape(varying).join(pieces)


class _Asked(tuple):
    """The cache key: the component's name and its arguments as plain data."""

    facts: dict[str, Any]


def _key_of(value: Any) -> Any:
    """Pickle data without a hash. Escaped and safe text differ by type, also in the pickle."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return tuple((type(one), _key_of(one)) for one in value)
    if (key := getattr(value, "key", None)) is not None:
        return key
    return pickle.dumps(getattr(value, "card", value), pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=KEPT)
def _drawn(asked: _Asked) -> list[str]:
    """Render the component; returns the pieces between the varying words."""
    facts = asked.__dict__.pop("facts")  # the stored key does not need them
    shown = {fact: getattr(value, "card", value) for fact, value in facts.items()}
    return Engine.get_default().get_template(asked[0]).render(Context(shown)).split(_MARK)

"""Components drawn once for the same facts: a card looks alike on every page that shows it."""

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
# Drawn components a process remembers. Most take 2 KB; one that repeats the words of its address takes 20,
# and whoever asks for ever new addresses fills the whole with those.
KEPT = 512
# Stands where the varying words come; made by this process and never sent, so no text can hold it.
_MARK = secrets.token_hex(16)
_PLAIN = (str, SafeString, bool, int, type(None))


@register.tag
def icon(parser: Parser, token: Token) -> TextNode:
    """`{% icon "clock" %}`: the drawing itself, put in when the template is read."""
    _tag, name = token.split_contents()
    drawing = Engine.get_default().get_template(f"_components/icons/{name[1:-1]}.html")
    return TextNode(drawing.source)


@register.tag
def draw(parser: Parser, token: Token) -> Node:
    """`{% draw "_components/story_row.html" story=story first=True %}`: like `include … only`, remembered.

    What is drawn depends on the facts alone, so nothing remembered is ever stale. They are plain data;
    a record says which of its own are shown as its `card`, a row of an answer is known by its `key`.
    `varying` are words that differ from page to page: they are put in afterwards, where the component
    shows its `varying`, and escaped.
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
    """What is remembered by: the name and the facts as plain words. Equal ones are drawn alike."""

    facts: dict[str, Any]


def _key_of(value: Any) -> Any:
    """Plain data has no hash: it is packed. Escaped and trusted text differ, by type and in the packet."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return tuple((type(one), _key_of(one)) for one in value)
    if (key := getattr(value, "key", None)) is not None:
        return key
    return pickle.dumps(getattr(value, "card", value), pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=KEPT)
def _drawn(asked: _Asked) -> list[str]:
    """The component in pieces, between which the varying words come."""
    facts = asked.__dict__.pop("facts")  # the key that is kept needs them no more
    shown = {fact: getattr(value, "card", value) for fact, value in facts.items()}
    return Engine.get_default().get_template(asked[0]).render(Context(shown)).split(_MARK)

"""Whose site this is, for pages that are drawn while the database is away."""

from typing import Any

from django import template

from identity.current import words_said_last
from newsroom.context_processors import words_of

register = template.Library()


@register.simple_tag
def site_said_last() -> dict[str, Any]:
    """`{% site_said_last as site %}`: what this process said last, without a query."""
    return words_of(words_said_last())

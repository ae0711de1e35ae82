"""Structured data inside a page."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# A data block ends where the text says "</script": none of these can then be written by anybody.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def as_json(data: Any) -> SafeString:
    """`{{ data|as_json }}` inside a data block: no character of it can end the block."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308 (escaped in the line above)

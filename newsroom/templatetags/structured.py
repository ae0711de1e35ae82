"""Structured data inside a page."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles.public.structured_data import breadcrumbs
from foundation.language.written import write_json

register = template.Library()


@register.filter
def as_way(crumbs: list[dict[str, str]]) -> list[dict[str, Any]]:
    """`{{ crumbs|as_way }}`: a page's breadcrumbs as a schema.org BreadcrumbList."""
    return [breadcrumbs([(crumb["label"], crumb["url"]) for crumb in crumbs])]


@register.filter
def as_json(data: Any) -> SafeString:
    """`{{ data|as_json }}` inside a data block: no character of it can end the block."""
    text = write_json(data, "JSON-LD", separators=(",", ":"))
    # “</script” ends a data block, so these characters are escaped.
    text = text.replace(">", "\\u003E").replace("<", "\\u003C").replace("&", "\\u0026")
    return mark_safe(text)  # noqa: S308 (escaped in the line above)

"""A known name on a public page is a link to its page; `departments.public.doors` says where it leads."""

import datetime

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from departments.public.doors import doors_in

register = template.Library()


@register.filter
def door(words: str, url: str) -> SafeString:
    """`{{ name|door:url }}`: the name as a link; as plain words where it leads nowhere."""
    return format_html('<a href="{}">{}</a>', url, words) if url and words else conditional_escape(words)


@register.filter
def doors(words: str, day: datetime.date) -> SafeString:
    """`{{ text|doors:day }}`: a line of text in which each known unit's name is a link, as of the day."""
    return format_html_join("", "{}", ((door(*piece),) for piece in doors_in(str(words), day)))

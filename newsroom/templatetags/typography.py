"""Filters for headlines and waiting times."""

import datetime

from django import template
from django.utils.timesince import timesince

from foundation.language import binding

register = template.Library()


@register.filter
def bind(text: str) -> str:
    """`{{ title|bind }}`: no line break inside a compound, a name or a counted thing."""
    return binding.bind(str(text))


@register.filter
def waited(moment: datetime.datetime) -> str:
    """`{{ moment|waited }}`: how long ago, in the largest unit: “9 giờ”."""
    words = timesince(moment, depth=1)
    return "chưa đầy một phút" if words.startswith("0") else words

"""Filters of this room: sums in đồng."""

from django import template

from foundation.language.numbers import format_number

register = template.Library()


@register.filter
def dong(amount: int) -> str:
    """`{{ sheet.net|dong }}`: “5.320.000 đồng”."""
    return format_number(amount, unit="dong")


@register.filter
def figure(amount: object) -> str:
    """`{{ share.percent|figure }}`: “33,33”, “50”."""
    return format_number(amount)  # type: ignore[arg-type]  # what a template has

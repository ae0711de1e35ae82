"""How headlines are set."""

from django import template

from language import binding

register = template.Library()


@register.filter
def bind(text: str) -> str:
    """`{{ title|bind }}`: no line break inside a compound, a name or a counted thing."""
    return binding.bind(str(text))

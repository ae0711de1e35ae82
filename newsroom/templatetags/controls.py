"""Write the attributes of form controls; the story editor has sixty."""

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def as_attributes(attributes: dict[str, Any]) -> SafeString:
    """Return the same as Django's `attrs.html`: ` maxlength="40" required`; False is left out."""
    return flatatt(attributes)

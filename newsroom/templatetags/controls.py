"""How the attributes of a form's control are written: sixty times on a writing screen."""

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def as_attributes(attributes: dict[str, Any]) -> SafeString:
    """What Django's own `attrs.html` writes with a loop: ` maxlength="40" required`; False is left out."""
    return flatatt(attributes)

"""Import what the first request needs before the server forks, so that processes share the memory."""

from django.template import engines
from django.urls import reverse


def load_pages() -> None:
    """Load every view and every template tag; makes no query."""
    reverse("admin:index")
    engines.all()

"""What the first page would load, loaded before the processes part: once, and in memory they share."""

from django.template import engines
from django.urls import reverse


def load_pages() -> None:
    """Every address with its view, every tag of the templates; nothing is asked of the database."""
    reverse("admin:index")
    engines.all()

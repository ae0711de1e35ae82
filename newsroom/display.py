"""Store a reader's text size and colours in one cookie, without account or script."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from foundation.pagestore.addresses import variant_of

COOKIE = "hien-thi"
SIZES = ("vua", "lon", "rat-lon")
THEMES = ("may", "sang", "toi")
YEAR = 365 * 24 * 60 * 60


class Display(NamedTuple):
    """The text size and colours of one reader."""

    size: str = "vua"
    theme: str = "may"


def display_of(request: HttpRequest) -> Display:
    """Return the reader's choice, read as the page store reads it: a page is drawn as it is kept."""
    return Display(*variant_of(request.META.get("HTTP_COOKIE", "")).split("."))


def keep_choice(response: HttpResponse, size: str, theme: str) -> None:
    """Set the cookie for a year; unknown values are not stored."""
    value = f"{size if size in SIZES else 'vua'}.{theme if theme in THEMES else 'may'}"
    guard: dict[str, Any] = {"samesite": "Lax", "httponly": True, "secure": settings.SESSION_COOKIE_SECURE}
    response.set_cookie(COOKIE, value, max_age=YEAR, **guard)

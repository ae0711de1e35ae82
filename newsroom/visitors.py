"""The network address of a visitor behind our own proxies."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the visitor's network address.

    Each of our proxies appends one entry to X-Forwarded-For; entries before them are sent by the visitor and
    ignored. Without proxies the header is not read.
    """
    if settings.PROXIES:
        entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(entries) >= settings.PROXIES and (found := entries[-settings.PROXIES].strip()):
            return found
    return request.META.get("REMOTE_ADDR", "")

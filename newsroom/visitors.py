"""From where a request really came, when servers of ours stand before the application."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's network address.

    Each proxy of ours adds one entry at the right end of X-Forwarded-For; what stands further left
    is the visitor's own claim and is not believed. Without proxies the header is not read at all.
    """
    if settings.PROXIES:
        entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(entries) >= settings.PROXIES and (found := entries[-settings.PROXIES].strip()):
            return found
    return request.META.get("REMOTE_ADDR", "")

"""The network address of a visitor behind our own proxies."""

import ipaddress

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


def network_of(request: HttpRequest) -> str:
    """Return what is counted as one visitor: an IPv4 address, or an IPv6 network of 64 bits.

    One subscriber has a whole such network, so a single address of it counts nothing.
    """
    address = address_of(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address  # a socket without an address, or a proxy that names a port
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed.ipv4_mapped if parsed.version == 6 else parsed)

"""The caches in front of the site that receive purges, as one environment variable lists them."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

EXAMPLE = "http://varnish:6081/ or json+https://api.cloudflare.com/client/v4/zones/ZONE/purge_cache"


@dataclass(frozen=True)
class Target:
    """One cache. `as_json`: POST with {"tags": […]}, as CDNs expect; else PURGE with a Cache-Tag header."""

    url: str
    as_json: bool


def targets_of(urls: list[str]) -> list[Target]:
    """Parse the addresses. Raises ImproperlyConfigured when one is not an http or https address."""
    return [_target(url) for url in urls if url]


def _target(url: str) -> Target:
    plain = url.removeprefix("json+")
    parts = urlsplit(plain)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ImproperlyConfigured(f"PURGE_URL is not understood. Expected: {EXAMPLE}")
    return Target(plain, as_json=plain != url)

"""Serve kept pages before Django runs: one file is read and a few headers are added."""

import re
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http.request import validate_host

from foundation.pagestore.addresses import file_of, query_asked, variant_of
from foundation.pagestore.packing import Page
from foundation.pagestore.shelf import open_for_serving

_PACKED = re.compile(
    r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?(?:,|$)", re.IGNORECASE
)


def is_anonymous(environ: dict[str, Any]) -> bool:
    """Return whether nobody is signed in: the answer then depends only on address and display settings.

    The bare name of the cookie is enough to be taken for signed in, however it is spelled around.
    """
    return (
        settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
        and "HTTP_AUTHORIZATION" not in environ
    )


def takes_gzip(accepted: str) -> bool:
    """Return whether this Accept-Encoding takes gzip; “gzip;q=0” refuses it (RFC 9110, 12.5.3)."""
    found = _PACKED.search(accepted)
    return found is not None and (found[1] is None or float(found[1]) > 0)


def file_asked(environ: dict[str, Any]) -> str | None:
    """Return the file under which the answer to this request is kept; None if it is never kept."""
    query = query_asked(environ.get("QUERY_STRING", ""))
    return file_of(environ["PATH_INFO"], query, variant_of(environ.get("HTTP_COOKIE", "")))


class KeptPages:
    """WSGI application: answers from the store (then `count` is called), passes every other request on.

    It also passes on requests that Django would refuse or redirect: another host, or plain HTTP where HTTPS
    is required.
    """

    def __init__(self, application: Callable, count: Callable[[], None] = lambda: None):
        self.application, self.count = application, count
        self.store = open_for_serving()

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        page = self._page(environ) if self.store else None
        if page is None:
            return self.application(environ, start_response)
        self.count()
        status, headers, body = answer_reader(page, environ)
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _page(self, environ: dict[str, Any]) -> Page | None:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not is_anonymous(environ):
            return None
        if not _is_ours(environ.get("HTTP_HOST", "")) or not _is_secure_enough(environ):
            return None
        file = file_asked(environ)
        return self.store.get(file) if self.store and file else None


def answer_reader(page: Page, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return status, headers and body for this reader: 304, compressed, or plain."""
    headers = [*page.headers, ("ETag", page.etag), ("Vary", "Accept-Encoding, Cookie"), *_edge(page)]
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        return 304, [(n, v) for n, v in headers if n != "Content-Type"], b""
    if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        body = page.packed
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = page.body
    headers.append(("Content-Length", str(len(body))))
    return page.status, headers, body


def _edge(page: Page) -> list[tuple[str, str]]:
    """Return the header by which caches in front keep the page (RFC 9213); empty if none is configured."""
    if not settings.PURGE_TARGETS or "Cache-Tag" not in dict(page.headers):
        return []
    left = min(settings.EDGE_SECONDS, int(page.until - time.time()))
    return [("CDN-Cache-Control", f"max-age={left}")] if left > 0 else []


@lru_cache(maxsize=256)
def _is_ours(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return validate_host(name.lower().rstrip("."), settings.ALLOWED_HOSTS)


def _is_secure_enough(environ: dict[str, Any]) -> bool:
    if not settings.SECURE_SSL_REDIRECT:
        return True
    header = settings.SECURE_PROXY_SSL_HEADER
    return environ.get("wsgi.url_scheme") == "https" or bool(header and environ.get(header[0]) == header[1])

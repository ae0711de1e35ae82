"""Keep pages that a view has marked: render once, check that nothing changed meanwhile, store, answer."""

import hashlib
import logging
import sqlite3
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from foundation.pagestore.addresses import query_asked
from foundation.pagestore.packing import Page, pack
from foundation.pagestore.serving import answer_reader, file_asked, is_anonymous
from foundation.pagestore.shelf import store
from foundation.pagestore.store import Store

log = logging.getLogger("newsroom.pages")
# Headers that `answer_reader` or the server sets for each response.
_OWN = {"content-length", "content-encoding", "etag", "vary", "set-cookie", "date", "connection"}
_KEPT = (200,)  # nginx serves stored files as 200, so a page with another status is rendered each time


class PageStoreMiddleware:
    """Must be first in MIDDLEWARE, so that it sees the headers that the others add."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept = store()
        file = file_asked(request.META) if kept and request.method in ("GET", "HEAD") else None
        if kept is None or file is None or not is_anonymous(request.META):
            return self.get_response(request)
        # The page of a shared link is the page itself: drawn, and kept, without what was added to the link
        # and what a form left empty.
        request.META["QUERY_STRING"] = query_asked(request.META.get("QUERY_STRING", ""))
        with kept.filling(file) as turn:
            page = kept.get(file)  # another process may have rendered it while this one waited
            if page is not None:
                return _response(page, request)
            return self.get_response(request) if turn is None else self._drawn(kept, file, request, turn)

    def _drawn(self, kept: Store, file: str, request: Any, turn: int) -> HttpResponse:
        request.will_be_kept = request.method == "GET"  # newsroom.middleware then does not compress
        response: Any = self.get_response(request)
        if not may_be_kept(response, request):
            return response
        page = _page_of(response)
        try:
            kept.put(file, page, response.kept_tags, turn)
        except (OSError, sqlite3.Error):  # a full disk must not fail the reader's request
            log.exception("A page could not be kept")
        return _response(page, request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """When the database is away, answer with the last kept page, even if it is out of date."""
        if not isinstance(exception, OperationalError | InterfaceError) or not is_anonymous(request.META):
            return None
        kept, file = store(), file_asked(request.META)
        page = kept.get_past(file) if kept and file else None
        return _response(page, request) if page else None


def may_be_kept(response: HttpResponse, request: HttpRequest) -> bool:
    """Return whether the view marked the response and it contains nothing made for one reader.

    A page whose policy carries a nonce must never be kept: all readers would share the nonce.
    """
    if not hasattr(response, "kept_tags") or request.method != "GET" or response.status_code not in _KEPT:
        return False
    policy = response.headers.get("Content-Security-Policy", "")
    return not response.streaming and not response.cookies and "nonce-" not in policy


def _page_of(response: Any) -> Page:
    headers = [(name, value) for name, value in response.items() if name.lower() not in _OWN]
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    return pack(response.status_code, headers, response.content, etag=etag, until=response.kept_until)


def _response(page: Page, request: HttpRequest) -> HttpResponse:
    status, headers, body = answer_reader(page, request.META)
    response = HttpResponse(body, status=status)
    del response.headers["Content-Type"]
    for name, value in headers:
        response.headers[name] = value
    return response

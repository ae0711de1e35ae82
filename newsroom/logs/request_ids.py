"""The number of a request: in each line of the log, on the error page, in the answer's header."""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from secrets import token_hex

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
SHOWN = 12  # signs on an error page; enough to find the line
_SAFE = re.compile("[0-9A-Za-z-]{8,64}")
_present: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdMiddleware:
    """Take nginx' number if it looks like one, else make one. Outside the page store: no page keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.headers.get(HEADER, "")
        number = said if _SAFE.fullmatch(said) else token_hex(16)
        token = _present.set(number)
        try:
            response = self.get_response(request)
        finally:
            _present.reset(token)
        response.headers[HEADER] = number
        return response


def present_code() -> str:
    """Return what of the present request's number a reader tells the operator; empty outside a request."""
    return _present.get()[:SHOWN]


class WithRequestId(logging.Filter):
    """Adds `request_id`, and ` [number]` as `in_brackets`; both empty outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _present.get()
        record.in_brackets = f" [{record.request_id}]" if record.request_id else ""
        return True

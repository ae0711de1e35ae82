"""Filters of the logs: no secret addresses, short lines for a database outage."""

import copy
import logging
import re

from django.db import InterfaceError, OperationalError

_SECRET = re.compile(r"(/xem-truoc/|/vao/|/ve/)[\w-]+")


class HideTokens(logging.Filter):
    """Removes the token of private addresses from log lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = _SECRET.sub(r"\1…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


class WithoutRequest(logging.Filter):
    """Passes errors on without the request, which holds cookies and what a person typed."""

    def filter(self, record: logging.LogRecord) -> logging.LogRecord:
        told = copy.copy(record)
        told.__dict__.pop("request", None)
        return told


class BriefOutages(logging.Filter):
    """Logs one line instead of a traceback for each request while the database is away."""

    def filter(self, record: logging.LogRecord) -> bool:
        failure = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if isinstance(failure, OperationalError | InterfaceError):
            record.msg, record.args = f"{record.getMessage()} ({str(failure).strip()})", ()
            record.exc_info = record.exc_text = None
        return True

"""What may stand in a log: no address that opens something by being known, one line a thing."""

import logging
import re

from django.db import InterfaceError, OperationalError

_SECRET = re.compile(r"(/xem-truoc/)[\w-]+")


class HideTokens(logging.Filter):
    """Takes the token out of private preview addresses, wherever a line names one."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = _SECRET.sub(r"\1…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


class BriefOutages(logging.Filter):
    """A line instead of a page for each request while the database is away: they are many and the same."""

    def filter(self, record: logging.LogRecord) -> bool:
        failure = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if isinstance(failure, OperationalError | InterfaceError):
            record.msg, record.args = f"{record.getMessage()} ({str(failure).strip()})", ()
            record.exc_info = record.exc_text = None
        return True

"""Which kept pages a change in the database makes untrue, whoever makes it and by whatever way.

Stories say exactly what changed (`articles.approval.releasing`): they are many and change by the minute. All
else that readers see (units, events, commendations, documents, sections, placements) changes some
times a day, by forms, imports, the worker or a command: here every write to one of those tables is
noticed on its way to the database, so that no form can forget it. The worker and the commands watch
too. See docs/decisions/0006.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

from foundation.pagestore.purging import purge_row, spread

# First match wins: the beginning of a table's name, and the tag its pages carry; none where it shows nowhere.
ROOMS = (
    ("departments_", "units"),
    ("events_", "events"),
    ("media_pupil", "events"),  # stories are drawn ahead and purged one by one; events show photos live
    ("media_photoexposure", ""),  # follows what is public, and changes no page
    ("media_photo", "events"),  # its pupils too
    ("awards_", "awards"),
    ("documents_", "documents"),
    ("frontpage_", "placements"),
    ("articles_section", "sections"),
    ("articles_tag", "tags"),
)
_WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)


@contextmanager
def watching() -> Iterator[None]:
    """Within, what is written to public rooms is noticed; where pages are not kept, nothing happens."""
    if not settings.PAGE_STORE:
        yield
        return
    with connection.execute_wrapper(notice):
        yield


class PublicChangesMiddleware:
    """Watch every request that may write; reading costs nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        with watching():
            return self.get_response(request)


def notice(execute: Callable, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Execute; when it wrote to a public room, have that room's pages dropped after the commit."""
    result = execute(sql, params, many, context)
    written = _WRITE.match(sql)
    tag = tag_of(written[1]) if written else None
    if tag and not _is_noticed(context["connection"], tag):
        _purge_once(tag)
    return result


def tag_of(table: str) -> str | None:
    return next((tag for beginning, tag in ROOMS if table.startswith(beginning)), None)


def _purge_once(tag: str) -> None:
    row = purge_row(tag)

    def dropped() -> None:
        spread([row])

    dropped.tag = tag
    transaction.on_commit(dropped)


def _is_noticed(connection: BaseDatabaseWrapper, tag: str) -> bool:
    """Already on the list of this transaction; a rollback empties the list, and so this answer."""
    return any(getattr(waiting[1], "tag", None) == tag for waiting in connection.run_on_commit)

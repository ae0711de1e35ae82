"""Finds product code that writes a row readers see and announces nothing, in every test that runs.

Each statement is looked at on its way to the database. Which tables readers see stands here once more, on
purpose: a room that forgets to declare one is found as well. What a test writes by itself is its own affair.
"""

import functools
import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from foundation.pagestore import purging
from foundation.pagestore.store import EVERYTHING
from tests import waiting

ROOT = Path(__file__).resolve().parent.parent
# First match wins: the beginning of a table's name, and the tag its pages carry.
ROOMS = (
    ("identity_", EVERYTHING),
    ("departments_", "units"),
    ("events_", "events"),
    ("daybook_", "events"),
    ("media_p", "events"),  # stories are drawn ahead and purged one by one; events show photos live
    ("awards_", "awards"),
    ("documents_", "documents"),
    ("frontpage_", "placements"),
    ("articles_section", "sections"),
    ("articles_tag", "tags"),
    ("articles_publishedarticle", "stories"),
)
# Tables of these rooms of which readers see nothing.
HIDDEN = {
    "frontpage_edition",  # who saved the front page when
    "departments_dayoff",  # how long an answer may take
    "media_photo_shared_with",  # who may use a photo
    "media_photoexposure",  # follows what is public, and changes no page
    "events_event_writers",
    "daybook_material_writers",
    "daybook_note_writers",
    "daybook_entrustment",  # who may approve notes
    "awards_decision_writers",
    "awards_refund",  # what came back of an annulled award
    "awards_lawcheck",  # for the office: when the figures were compared
    "awards_basesalary",  # what a new row is suggested; pages show what was given
    "awards_rewardrate",
    "awards_lawversion",
}
NEW_AND_NOWHERE = {"media_photo", "articles_tag"}  # a new row stands on no page until another row says so
_WRITE = re.compile(r'\s*(INSERT|UPDATE|DELETE)(?: OR \w+)?(?: INTO| FROM)? "(\w+)"', re.IGNORECASE)
_OWN_NOTE = re.compile(r'UPDATE "media_pupil" SET "is_(?:named|listed)" = \S+ WHERE')
# These write for whoever calls them.
_ON_BEHALF = re.compile(r"(/models\.py|/models/\w+\.py|^foundation/.*)$")
_ON_THE_WAY = {__file__, waiting.__file__}  # between the writer and the database, written by neither
_UNWATCHED = re.compile(r"(/migrations/|^newsroom/demo/)")  # no page is kept before they are done


class Watch:
    """What was written, and what was announced, by the act and the transaction of which it is a part."""

    def __init__(self, *, in_one_transaction: bool):
        self.in_one_transaction = in_one_transaction
        self.written: dict[Any, dict[str, str]] = defaultdict(dict)
        self.purged: dict[Any, set[str]] = defaultdict(set)

    def notice(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        tag = tag_written(sql)
        # Of two people one is refused: that one changed nothing. (SQLite counts inserted rows too late.)
        if tag and (sql.startswith("INSERT") or context["cursor"].rowcount):
            writer, act = _writer_and_act()
            if writer:
                self.written[act, self._transaction()][tag] = writer
        return result

    def note_purge(self, tags: tuple[str, ...]) -> None:
        _writer, act = _writer_and_act()
        self.purged[act, self._transaction()].update(tags)

    def missing(self) -> list[str]:
        """Sentences, one a change that was not announced."""
        return [
            f"{writer} changes what readers see on pages of “{tag}” and does not announce it there and then"
            for place, tags in self.written.items()
            for tag, writer in tags.items()
            if place[1] == "none" or not {tag, EVERYTHING} & self.purged[place]
        ]

    def _transaction(self) -> str | None:
        """The product's outermost transaction; the test's own is around it, unless it commits for good."""
        if not self.in_one_transaction:
            return None if connection.in_atomic_block else "none"
        return next(iter(connection.savepoint_ids), None) or "none"


def tag_written(sql: str) -> str | None:
    """The tag of the pages that this statement makes untrue; None for most statements."""
    found = _WRITE.match(sql)
    if found is None or found[2] in HIDDEN or _OWN_NOTE.match(sql):
        return None
    if found[1].upper() == "INSERT" and found[2] in NEW_AND_NOWHERE:
        return None
    return tag_of(found[2])


def tag_of(table: str) -> str | None:
    return next((tag for beginning, tag in ROOMS if table.startswith(beginning)), None)


def _writer_and_act() -> tuple[str, tuple]:
    """Where product code wrote (empty when the test itself did), and the test's calls that led there."""
    writer, act, frame = "", [], inspect.currentframe()
    while frame := frame.f_back:
        place = frame.f_code.co_filename.removeprefix(f"{ROOT}/")
        if place.startswith(("/", ".venv/")) or frame.f_code.co_filename in _ON_THE_WAY:
            continue
        if _UNWATCHED.search(place):
            return "", ()
        if place.startswith("tests/"):
            act.append((place, frame.f_lineno, frame.f_lasti))
        elif not act and not writer and not _ON_BEHALF.search(place):
            writer = f"{place}:{frame.f_lineno}"
    return writer, tuple(act)


_watches: list[Watch] = []


@contextmanager
def watching(*, in_one_transaction: bool) -> Iterator[Watch]:
    """Within, what product code writes is noticed; ask the watch afterwards what is `missing`."""
    watch = Watch(in_one_transaction=in_one_transaction)
    _watches.append(watch)
    try:
        with connection.execute_wrapper(watch.notice):
            yield watch
    finally:
        _watches.remove(watch)


def hear_purges() -> None:
    """Have every purge noticed, also where pages are not kept; to be called once."""
    purge = purging.purge

    @functools.wraps(purge)
    def heard(*tags: str, **more: Any) -> None:
        for watch in _watches:
            watch.note_purge(tags)
        purge(*tags, **more)

    for module in list(sys.modules.values()):
        if getattr(module, "purge", None) is purge:
            module.purge = heard

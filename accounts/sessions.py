"""The store of sessions: each row says whose it is, on which device, since when; it ends after idle hours.

Django's database sessions with columns beside the data (settings.SESSION_ENGINE). A session ends
`SESSION_COOKIE_AGE` after the last thing its person did and `SESSION_LONGEST` after they signed in; both end
the row, so a cookie that somebody kept opens nothing.
"""

import datetime
import time
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGAN, SEEN, DEVICE = "began", "seen", "device"  # in the session: seconds, seconds, key of a Device
NOTE_EVERY = 5 * 60  # seconds; a row that is written with each page would be most of its cost


class SessionStore(DatabaseStore):
    """Sessions in the table of `accounts.Session`."""

    @classmethod
    def get_model_class(cls) -> Any:
        return apps.get_model("accounts", "Session")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        if SESSION_KEY in data:
            data.setdefault(BEGAN, int(time.time()))
            data[SEEN] = int(time.time())
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.auth_hash = data.get(HASH_SESSION_KEY, "")
        row.device_id = data.get(DEVICE)
        row.seen_at = timezone.now()
        row.began_at = datetime.datetime.fromtimestamp(data.get(BEGAN, time.time()), datetime.UTC)
        return row

    def get_session_cookie_age(self) -> int:
        """Return the seconds that are left if nothing more is done: idle time, or the rest of the longest."""
        rest = self.get(BEGAN, time.time()) + settings.SESSION_LONGEST - time.time()
        return max(0, min(settings.SESSION_COOKIE_AGE, int(rest)))


class SessionMoments:
    """Middleware: notes every few minutes that the person is at work, which puts off the idle end.

    What a page asks by itself while nobody touches it (a script's GET) is no work: a window left open on a
    shared machine ends like a closed one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        by_itself = request.method == "GET" and request.headers.get("Sec-Fetch-Dest") == "empty"
        if session.accessed and not session.modified and not by_itself and SESSION_KEY in session:
            session.modified = time.time() - session.get(SEEN, 0) > NOTE_EVERY
        return response

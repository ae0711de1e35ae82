"""While the data move, and until the machine uses the new database, nobody writes: readers read on.

A file says so (`moving.json` in VAR_DIR) with where the data go. It shuts a machine that still uses another
database; started on the new one, the same machine is open by itself.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from foundation.limiting.limits import too_many

MARK = "moving.json"
WAIT = 600  # seconds that a visitor is told to wait
_OPEN = ("/healthz", "/readyz", "/static/", "/uploads/")


def shut(target: str) -> None:
    """Shut this machine; `target` is the identity of the database to which the data go."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    half = _mark().with_suffix(".half")
    half.write_text(json.dumps({"to": target}))
    half.replace(_mark())


def open_again() -> None:
    """Open this machine, whichever database it uses."""
    _mark().unlink(missing_ok=True)


def is_shut() -> bool:
    """Return whether this machine must not write: the data go, or went, to another database."""
    try:
        target = json.loads(_mark().read_text())["to"]
    except FileNotFoundError:
        return False
    return bool(target != identity(connection.settings_dict))


def identity(known: dict[str, Any]) -> str:
    """Return what tells one database from another, without user and password."""
    if known["ENGINE"].endswith("sqlite3"):
        return f"sqlite:{Path(known['NAME']).resolve()}"
    return f"postgresql:{known.get('HOST', '')}:{known.get('PORT') or 5432}/{known['NAME']}"


def _mark() -> Path:
    return Path(settings.VAR_DIR) / MARK


class MovingMiddleware:
    """Answer 503 in words to whatever writes, and to the office. Public pages are drawn and served."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_OPEN) and self._writes(request) and is_shut():
            return too_many(WAIT, "moving.html", status=503)
        return self.get_response(request)

    def _writes(self, request: HttpRequest) -> bool:
        return request.method not in ("GET", "HEAD", "OPTIONS") or request.path.startswith("/admin/")

"""What each process counts while it answers: requests by room and status, how long they took, kept pages.

The processes of a machine count into files of one folder, which whichever is asked adds up
(docs/decisions/0042-figures-for-the-operator.md).
"""

import time
from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram

from newsroom.metrics import FOLDER

OFFICE, NOWHERE = "office", "none"
ALONE = CollectorRegistry()  # the library's own default would add its process' figures, which are of one only
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
REQUESTS = Counter(
    "newsroom_requests", "Requests that reached the application.", ("room", "status"), registry=ALONE
)
DURATION = Histogram(
    "newsroom_request_seconds", "Time to answer a request.", ("room",), registry=ALONE, buckets=SECONDS
)
KEPT = Counter("newsroom_kept_pages", "Pages answered from the page store, without nginx'.", registry=ALONE)


class CountingMiddleware:
    """Count every answer of the application, errors included; must be outside everything that may answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        room = room_of(request)
        REQUESTS.labels(room, str(response.status_code)).inc()
        DURATION.labels(room).observe(time.perf_counter() - began)
        return response


def room_of(request: HttpRequest) -> str:
    """Return the room whose view answered; the back-office is one room, an unknown address none."""
    if request.path_info.startswith("/admin/"):
        return OFFICE
    match = request.resolver_match
    return match.func.__module__.partition(".")[0] if match else NOWHERE


def forget_ended() -> None:
    """Delete the files of processes that have ended, when the server starts; their counts begin anew."""
    for file in FOLDER.glob("*.db"):
        process = file.stem.rpartition("_")[2]
        if process.isdecimal() and not Path(f"/proc/{process}").exists():
            file.unlink(missing_ok=True)

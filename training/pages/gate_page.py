"""The gate: a page for a telephone that works without the network, what it loads, what it sends.

The page itself names nobody, so the browser may keep it. Names come with `gate_roll`; the gate seals them
with a key that comes along and stays only as long as the tab is open.
"""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.kept_words import words_key
from foundation.language.vietnamese import fold
from training.attendance import arrivals_of, propose_sittings
from training.checking import MOST_SCANS, take_scans
from training.models import Enrolment, Participant
from training.querysets import CHECK_IN

SENSORS = "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
MOST_BYTES = 400_000
WORKER = "js/gate/worker.js"


@require_safe
def gate_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the empty gate; it says nothing of anybody."""
    enrolment = _gate_of(request, pk)
    context = {"enrolment": enrolment, "event": enrolment.event}
    answer = render(request, "admin/training/gate.html", admin.site.each_context(request) | context)
    answer.headers["Permissions-Policy"] = SENSORS
    return answer


@require_safe
def gate_worker(request: HttpRequest) -> HttpResponse:
    """Answer with the service worker of the gates: only below its own address."""
    script = f"importScripts({json.dumps(static(WORKER))});\n"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
def gate_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with everybody who may come, who has come, and the key under which the gate keeps them."""
    enrolment = _gate_of(request, pk)
    people = Participant.objects.standing().filter(enrolment=enrolment).order_by("sort_key", "pk")
    rows = people.values_list(
        "pk", "number", "code", "full_name", "title", "unit_name", "waiting_since", "unit__kind"
    )
    sittings = propose_sittings(enrolment)
    return JsonResponse(
        {
            "people": [
                [pk, number, code, name, title, unit, bool(waiting), fold(f"{name} {unit}"), kind or ""]
                for pk, number, code, name, title, unit, waiting, kind in rows
            ],
            "kinds": {row.kind: row.get_kind_display() for row in enrolment.units.all()},
            "units": [unit.name for unit in enrolment.units.all()],
            "sittings": [[one.pk, one.label, _milliseconds(one.starts_at)] for one in sittings],
            "key": words_key(request.user),  # type: ignore[arg-type]  # signed in
        }
        | _now(request, enrolment)
    )


@require_POST
def gate_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the scans of a gate; whatever is named as kept is written for good."""
    enrolment = _gate_of(request, pk)
    sent = _json_of(request)
    scans = sent.get("scans") if isinstance(sent, dict) else None
    if not isinstance(scans, list) or len(scans) > MOST_SCANS:
        return JsonResponse({"error": "Không đọc được."}, status=400)
    taken = take_scans(enrolment, scans, gate=str(sent.get("gate") or ""), by=request.user)
    return JsonResponse({"kept": taken.kept, "refused": taken.refused} | _now(request, enrolment))


def _json_of(request: HttpRequest) -> Any:
    """Return what was sent as JSON; None for anything else."""
    if request.content_type != "application/json" or len(request.body) > MOST_BYTES:
        return None
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None


def _now(request: HttpRequest, enrolment: Enrolment) -> dict[str, Any]:
    """Return the server's time, the token for the next sending, and who has come by now."""
    return {
        "now": _milliseconds(timezone.now()),
        "token": get_token(request),
        "arrivals": [
            [person, sitting, _milliseconds(arrival.at), arrival.gate]
            for (person, sitting), arrival in arrivals_of(enrolment).items()
        ],
    }


def _milliseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1000)


def _gate_of(request: HttpRequest, pk: int) -> Enrolment:
    """Return the enrolment if the user may stand at its gate. Raises Http404."""
    enrolment = get_object_or_404(Enrolment.objects.select_related("event__host"), pk=pk, forgotten_on=None)
    if not request.user.has_perm(CHECK_IN, enrolment):
        get_object_or_404(Enrolment.objects.none())
    return enrolment

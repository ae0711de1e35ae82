"""The person's own page: public only to whoever holds its address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from events.timing import date_words, hour_words
from foundation.limiting.limits import limited
from training.attesting import verifying  # noqa: F401 (papers verified at the awards' address)
from training.attesting.files import last_run, papers_in
from training.models import Attestation, Participant
from training.tickets import ticket_code


@require_safe
@limited("verify")
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """Show one person their ticket. Withdrawn, forgotten and invented codes answer alike."""
    rows = Participant.objects.standing().select_related("enrolment__event__host", "unit")
    person = get_object_or_404(rows, code=code)
    event, row = person.enrolment.event, _paper_of(person)
    context = {
        "person": person,
        "event": event,
        "enrolment": person.enrolment,
        "qr": ticket_code(person),
        "paper": row,
        "has_file": bool(row and row.revoked_on is None and last_run(row.list)),
        "when": f"{hour_words(event)}, {date_words(event)}",
    }
    answer = render(request, "training/ticket.html", context)
    add_never_cache_headers(answer)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
@limited("verify")
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Return one person's paper of attendance as PDF."""
    person = get_object_or_404(Participant.objects.standing(), code=code)
    row = _paper_of(person)
    run = last_run(row.list) if row else None
    files = papers_in(run, [row]) if run and row else {}
    if not files:
        raise Http404
    answer = HttpResponse(next(iter(files.values())), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="giay-xac-nhan-tham-gia.pdf"'
    add_never_cache_headers(answer)
    return answer


def _paper_of(person: Participant) -> Attestation | None:
    rows = Attestation.objects.given().filter(participant=person)
    return rows.select_related("list__enrolment__event").first()

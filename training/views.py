"""The person's own page: public only to whoever holds its address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from events.timing import date_words, hour_words
from foundation.limiting.limits import limited
from training.models import Participant
from training.tickets import ticket_code


@require_safe
@limited("verify")
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """Show one person their ticket. Withdrawn, forgotten and invented codes answer alike."""
    rows = Participant.objects.standing().select_related("enrolment__event__host", "unit")
    person = get_object_or_404(rows, code=code)
    event = person.enrolment.event
    context = {
        "person": person,
        "event": event,
        "enrolment": person.enrolment,
        "qr": ticket_code(person),
        "when": f"{hour_words(event)}, {date_words(event)}",
    }
    answer = render(request, "training/ticket.html", context)
    add_never_cache_headers(answer)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer

"""The person's own page: public only to whoever holds its address."""

from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from daybook.models import Material
from documents.filing.downloads import answer_file
from events.timing import date_words, hour_words
from foundation.limiting.limits import limited
from training.attesting import verifying  # noqa: F401 (papers verified at the awards' address)
from training.attesting.files import last_run, papers_in
from training.feedback import give_opinion
from training.models import Attestation, Opinion, Participant
from training.tickets import ticket_code

MARKS = (("", "Chưa chọn"), ("5", "5, rất tốt"), ("4", "4"), ("3", "3"), ("2", "2"), ("1", "1, kém"))


class OpinionForm(forms.ModelForm):
    """A few questions, answered without a name."""

    class Meta:
        model = Opinion
        fields = ("useful", "clear", "organised", "words")
        widgets = dict.fromkeys(fields[:3], forms.Select({"class": "select"}, MARKS)) | {
            "words": forms.Textarea({"class": "input", "rows": 3, "maxlength": 1000})
        }


@require_safe
@limited("verify")
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """Show one person their ticket. Withdrawn, forgotten and invented codes answer alike."""
    person = _person_of(code)
    return _shown(request, person, OpinionForm())


def _shown(request: HttpRequest, person: Participant, form: OpinionForm) -> HttpResponse:
    event, row = person.enrolment.event, _paper_of(person)
    context = {
        "person": person,
        "event": event,
        "enrolment": person.enrolment,
        "materials": _materials_for(person),
        "qr": ticket_code(person),
        "paper": row,
        "has_file": bool(row and row.revoked_on is None and last_run(row.list)),
        "when": f"{hour_words(event)}, {date_words(event)}",
        "form": form if _may_answer(person) else None,
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


@require_safe
@limited("verify")
def material(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """Answer with a released file of the event to whoever holds a ticket; kept by nobody on the way."""
    found = get_object_or_404(_materials_for(_person_of(code)), pk=pk)
    answer = answer_file(found.file, found.file_name, found.file_type)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@require_POST
@csrf_exempt  # the address itself is the secret; a session would say who answers
@limited("verify")
def opinion(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what one participant thought; each answers once, after the event has begun."""
    person = _person_of(code)
    form = OpinionForm(request.POST)
    if not _may_answer(person):
        return redirect("training:ticket", code=code)
    if not form.is_valid():
        return _shown(request, person, form)
    give_opinion(person, form.instance)
    return redirect("training:ticket", code=code)


def _materials_for(person: Participant) -> QuerySet[Material]:
    """Return the released files of the event; none to who only waits for a place."""
    files = Material.objects.none() if person.waiting_since else Material.objects.released()
    return files.filter(event=person.enrolment.event_id)


def _may_answer(person: Participant) -> bool:
    """Whether the person came, and has not answered yet."""
    return not person.has_answered and person.scans.filter(undone_at=None).exists()


def _person_of(code: str) -> Participant:
    rows = Participant.objects.standing().select_related("enrolment__event__host", "unit")
    return get_object_or_404(rows, code=code)


def _paper_of(person: Participant) -> Attestation | None:
    rows = Attestation.objects.given().filter(participant=person)
    return rows.select_related("list__enrolment__event").first()

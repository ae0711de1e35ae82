"""A unit's own list: who is sent, the pasted list with its dry run, one person more from the directory."""

from contextlib import nullcontext
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from records.lists.forms import TableForm
from training.bounds import why_shut
from training.enrolling import enrol, locked
from training.listing import HEADINGS, Reading, as_participant, read_people, table_for
from training.models import Attestation, InvitedUnit, Participant, Question
from training.pages.reach import context_of, crumbs_of, is_host, may_enrol, unit_of
from training.telling import page_of_unit

SAID = "dong-"  # begins the name of the answer to a line


class PeopleForm(TableForm):
    """A pasted or uploaded list, with the answers where the table has no column for a question."""

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.fields["upload"].help_text = "Cột nào của bảng cũng được, chỉ cột họ tên là bắt buộc."
        for question in questions:
            label = f"{question}, khi bảng không có cột này"
            self.fields[question.key] = answer_field(question, label, required=False)


def answer_field(question: Question, label: str = "", *, required: bool | None = None) -> forms.Field:
    """Return the form field of a question."""
    needed = question.is_required if required is None else required
    if question.choices:
        choices = [("", "Chưa chọn"), *((choice, choice) for choice in question.choices)]
        return forms.ChoiceField(
            label=label or question.label,
            choices=choices,
            required=needed,
            widget=forms.Select({"class": "select"}),
        )
    return forms.CharField(label=label or question.label, max_length=200, required=needed)


@require_safe
def unit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the unit whom it sends, and what it may still do."""
    unit = unit_of(request, pk)
    people = list(Participant.objects.filter(unit=unit).select_related("enrolled_by"))
    standing = [person for person in people if person.withdrawn_at is None]
    writes = may_enrol(request.user, unit)
    shut = why_shut(unit.enrolment, request.user)
    context = context_of(
        request,
        str(unit),
        *crumbs_of(request, unit),
        unit=unit,
        enrolment=unit.enrolment,
        people=standing,
        withdrawn=[person for person in people if person.withdrawn_at],
        questions=list(unit.enrolment.questions.all()),
        left=max(unit.places - len(standing), 0),
        shut=shut,
        may_write=writes and not shut,
        has_papers=Attestation.objects.given().filter(participant__unit=unit).exists(),
        sees_all=is_host(request.user, unit.enrolment),
    )
    return render(request, "admin/training/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def list_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a list line by line; the second button sends the lines that can be sent."""
    unit = _writable(request, pk)
    questions = list(unit.enrolment.questions.all())
    form = PeopleForm(request.POST or None, request.FILES or None, questions=questions)
    reading = None
    if request.method == "POST" and form.is_valid():
        wants_save = "save" in request.POST and not form.cleaned_data["upload"]
        with locked(unit.enrolment) if wants_save else nullcontext(unit.enrolment) as now:
            unit.enrolment = now
            reading = _read(request, unit, form)
            if wants_save and reading.good and _is_as_shown(request, reading):
                sent = enrol(now, [as_participant(line, unit) for line in reading.good], by=request.user)
                _say_sent(request, sent, reading)
                if not reading.stopped:
                    return redirect(page_of_unit(unit))
                form.data = form.data.copy()
                form.data["text"] = _left_over(form.cleaned_data["text"], reading)
                reading = None
    crumbs = (*crumbs_of(request, unit), (str(unit), page_of_unit(unit)))
    table = table_for(questions, asks_email=unit.enrolment.asks_email)
    columns = [*_headings(table.columns), *map(str, questions)]
    context = context_of(request, "Dán danh sách", *crumbs, unit=unit, form=form, reading=reading)
    context |= {"example": table.example, "columns": columns}
    return render(request, "admin/training/paste.html", context)


def _read(request: HttpRequest, unit: InvitedUnit, form: PeopleForm) -> Reading:
    sent = request.POST.items()
    said = {name.removeprefix(SAID): str(value) for name, value in sent if name.startswith(SAID)}
    usual = {question.key: form.cleaned_data[question.key] for question in form.questions}
    return read_people(form.cleaned_data["text"], unit, form.questions, said=said, usual=usual)


def _headings(columns: Any) -> list[str]:
    return [HEADINGS[name][0] for name in columns if name in HEADINGS and name != "unused"]


def _is_as_shown(request: HttpRequest, reading: Reading) -> bool:
    """Whether as many can be sent as was shown, or more; else the new reading is shown, nothing is saved."""
    shown = request.POST.get("good", "")
    return shown.isascii() and shown.isdecimal() and len(shown) < 6 and int(shown) <= len(reading.good)


def _say_sent(request: HttpRequest, sent: list[Participant], reading: Reading) -> None:
    waiting = sum(person.waiting_since is not None for person in sent)
    words = f"Đã gửi {len(sent)} người."
    if waiting:
        words += f" {waiting} người vào danh sách chờ."
    messages.success(request, words)
    if reading.stopped:
        messages.warning(request, f"Còn {len(reading.stopped)} dòng chưa gửi, giữ ở ô bên dưới.")


def _left_over(text: str, reading: Reading) -> str:
    """Return the text with only its head and the lines that were not sent."""
    stopped = {line.number for line in reading.stopped}
    read = {line.number for line in reading.lines}
    lines = text.splitlines()
    return "\n".join(
        line for place, line in enumerate(lines, start=1) if place in stopped or place not in read
    )


def _writable(request: HttpRequest, pk: int) -> InvitedUnit:
    """Return the unit if the user may send people for it now. Raises Http404 or PermissionDenied."""
    unit = unit_of(request, pk)
    if not may_enrol(request.user, unit) or why_shut(unit.enrolment, request.user):
        raise PermissionDenied
    return unit

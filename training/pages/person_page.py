"""One person more, one person changed, one withdrawn."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from approvals.auditing import audit_act
from departments.models import Position
from foundation.language.fields import LineField
from foundation.language.vietnamese import fold
from records.stepping import seen_version
from training.bounds import why_shut
from training.enrolling import enrol, locked, withdraw
from training.models import InvitedUnit, Participant, Question
from training.pages.reach import context_of, crumbs_of, may_enrol, person_of, unit_of
from training.pages.unit_page import answer_field
from training.telling import page_of_unit


class PersonForm(forms.Form):
    """A person of the unit, chosen from the directory or typed, and the answers."""

    person = forms.TypedChoiceField(
        label="Người trong danh bạ của đơn vị",
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select({"class": "select"}),
    )
    full_name = LineField(label="Họ và tên", max_length=150, required=False)
    title = LineField(label="Chức vụ", max_length=150, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False)
    is_other = forms.BooleanField(label="Người khác, trùng tên", required=False)

    def __init__(self, *args: Any, unit: InvitedUnit, known: Participant | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.unit, self.known = unit, known
        self.questions: list[Question] = list(unit.enrolment.questions.all())
        posts = Position.objects.on(unit.enrolment.day).filter(department=unit.department_id)
        self.posts = {post.person_id: post for post in posts.select_related("person")}
        people = [(pk, f"{post.person}, {post.title}") for pk, post in self.posts.items()]
        field = self.fields["person"]
        field.choices = [("", "Không có, gõ tên bên dưới"), *people]  # type: ignore[attr-defined]
        self.fields["full_name"].help_text = "Để trống nếu đã chọn ở trên."
        if not unit.enrolment.asks_email:
            del self.fields["email"]
        for question in self.questions:
            self.fields[question.key] = answer_field(question)
        for name in ("full_name", "title"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Take name and title from the directory; refuse a name that the unit has sent already."""
        cleaned = super().clean() or {}
        post = self.posts.get(cleaned.get("person") or 0)
        if post:
            cleaned["full_name"] = post.person.full_name
            cleaned["title"] = cleaned.get("title") or post.title
        name = cleaned.get("full_name", "")
        if len(name.split()) < 2:
            self.add_error("full_name", "Hãy chọn một người hoặc ghi đủ họ và tên.")
        elif not cleaned.get("is_other") and self._is_sent(name, cleaned.get("person")):
            self.add_error("full_name", "Đơn vị đã gửi người này. Là người khác thì đánh dấu ô “trùng tên”.")
        return cleaned

    def _is_sent(self, name: str, person: int | None) -> bool:
        others = Participant.objects.standing().filter(unit=self.unit)
        if self.known:
            others = others.exclude(pk=self.known.pk)
        return any(one.name_key == fold(name) or (person and one.person_id == person) for one in others)

    def fill(self, person: Participant) -> Participant:
        """Write what was typed on the person, unsaved."""
        person.person_id = self.cleaned_data["person"]
        person.full_name, person.title = self.cleaned_data["full_name"], self.cleaned_data["title"]
        person.email = self.cleaned_data.get("email", "")
        answers = {question.key: self.cleaned_data[question.key] for question in self.questions}
        person.answers = {key: answer for key, answer in answers.items() if answer}
        return person


@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one person more."""
    unit = unit_of(request, pk)
    if not may_enrol(request.user, unit) or why_shut(unit.enrolment, request.user):
        raise PermissionDenied
    with locked(unit.enrolment) as now:
        unit.enrolment = now
        form = PersonForm(request.POST or None, unit=unit, known=None)
        if request.method == "POST" and form.is_valid():
            if Participant.objects.standing().filter(unit=unit).count() >= unit.places:
                form.add_error(None, f"Đơn vị được cử {unit.places} người và đã gửi đủ. Rút bớt rồi thêm.")
            else:
                person = form.fill(Participant(unit=unit, unit_name=unit.name))
                enrol(now, [person], by=request.user)
                said = "vào danh sách chờ vì đã hết chỗ" if person.waiting_since else "đã có chỗ"
                messages.success(request, f"{person}: {said}.")
                return redirect(page_of_unit(unit))
    return _show(request, unit, form, "Thêm một người", "Gửi người này")


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person, or put another in their place; the ticket then is a new one."""
    person, unit = _changeable(request, pk)
    initial = {"person": person.person_id, "full_name": person.full_name, "title": person.title}
    initial |= {"email": person.email} | person.answers
    form = PersonForm(request.POST or None, initial=initial, unit=unit, known=person)
    if request.method == "POST" and form.is_valid():
        before = person.name_key
        form.fill(person)
        with transaction.atomic():
            rows = Participant.objects.standing().filter(pk=person.pk, version=seen_version(request))
            if not rows.update(version=F("version") + 1):
                messages.error(request, "Chưa lưu: có người vừa đổi hoặc rút người này.")
                return redirect(page_of_unit(unit))
            if person.name_key != before:
                person.code = type(person)._meta.get_field("code").get_default()
            person.save(update_fields=_CHANGED)
            audit_act("Đổi người dự", request.user, about=unit.enrolment, words=f"{unit}: số {person.number}")
        messages.success(request, "Đã lưu.")
        return redirect(page_of_unit(unit))
    return _show(request, unit, form, str(person), "Lưu", version=person.version)


_CHANGED = ["full_name", "title", "email", "person", "answers", "code", "search_key", "sort_key"]


@require_POST
def withdraw_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a person; whoever waits longest gets the place."""
    person, unit = _changeable(request, pk)
    with locked(unit.enrolment) as now:
        person.enrolment = now
        if withdraw(person, by=request.user, version=seen_version(request)):
            messages.success(request, f"Đã rút {person}.")
        else:
            messages.error(request, "Chưa rút: có người vừa đổi hoặc rút người này.")
    return redirect(page_of_unit(unit))


def _changeable(request: HttpRequest, pk: int) -> tuple[Participant, InvitedUnit]:
    """Return the person and their unit if the user may change them now.

    Raises Http404 or PermissionDenied.
    """
    person = person_of(request, pk)
    unit = unit_of(request, person.unit_id or 0)
    if not may_enrol(request.user, unit) or why_shut(unit.enrolment, request.user):
        raise PermissionDenied
    return person, unit


def _show(
    request: HttpRequest, unit: InvitedUnit, form: forms.Form, title: str, act: str, *, version: int = 0
) -> HttpResponse:
    crumbs = (*crumbs_of(request, unit), (str(unit), page_of_unit(unit)))
    context = context_of(
        request, title, *crumbs, form=form, back=page_of_unit(unit), act=act, version=version
    )
    context |= {"note": _kept_words(unit)}
    return render(request, "admin/training/plain_form.html", context)


def _kept_words(unit: InvitedUnit) -> str:
    """What the person who types is told to tell: why it is asked, when it is deleted."""
    day = unit.enrolment.forget_on
    return f"Chỉ dùng để tổ chức sự kiện này; hệ thống xóa sau ngày {day:%d/%m/%Y}."

"""The list of enrolments, and the page of one: the roll for the office, its own list for a unit."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.auditing import audit_act
from approvals.enums import RecordStatus
from approvals.history import history
from departments.models import Department
from foundation.exporting.files import XLSX, xlsx_bytes
from records.stepping import buttons, press
from training.enums import EnrolmentStatus
from training.inviting import invite_one
from training.models import AttestationList, Enrolment, InvitedUnit, Participant
from training.pages.reach import context_of, enrolment_of, is_host, may_open, run_enrolment
from training.querysets import CHECK_IN, RUN, enrolling_units
from training.roll import Asked, Roll
from training.telling import page_of_enrolment, remind_silent, silent_units, units_invited
from training.tickets import is_over
from training.workflow import ENROLMENT

SHOWN = 60  # units at once; the filters lead to the others


@require_safe
def enrolment_list(request: HttpRequest) -> HttpResponse:
    """Show the enrolments that the user sees, newest event first, with what their own units sent."""
    if not may_open(request.user):
        raise PermissionDenied
    found = list(Enrolment.objects.visible_to(request.user).select_related("event__host")[:100])
    own: dict[int, list[InvitedUnit]] = {}
    units = InvitedUnit.objects.filter(enrolment__in=found, department__in=enrolling_units(request.user))
    for unit in units:
        own.setdefault(unit.enrolment_id, []).append(unit)
    user = request.user
    rows = [
        (
            one,
            own.get(one.pk, []),
            is_host(user, one),
            one.forgotten_on is None and user.has_perm(CHECK_IN, one),
        )
        for one in found
    ]
    context = context_of(request, "Đăng ký, điểm danh", rows=rows) | {"trail": ()}
    return render(request, "admin/training/list.html", context)


@require_safe
def enrolment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the roll to the office; lead a unit to its own list."""
    enrolment = enrolment_of(request, pk)
    user = request.user
    if not is_host(user, enrolment):
        own = enrolment.units.filter(department__in=enrolling_units(user))
        return redirect("admin:enrolment_unit", own.values_list("pk", flat=True)[0])
    roll = Roll(enrolment, Asked.read_query(request.GET))
    shown = roll.shown
    context = context_of(
        request,
        str(enrolment.event),
        enrolment=enrolment,
        roll=roll,
        shown=shown[:SHOWN],
        more=max(len(shown) - SHOWN, 0),
        bar_steps=buttons(ENROLMENT, enrolment, user),
        may_run=user.has_perm(RUN, enrolment) and not enrolment.forgotten_on,
        may_check_in=user.has_perm(CHECK_IN, enrolment) and not enrolment.forgotten_on,
        may_attest=_may_attest(user, enrolment),
        attested=_is_attested(user, enrolment),
        may_mail=_may_mail(user, enrolment),
        is_open=enrolment.status == EnrolmentStatus.OPEN,
        steps_taken=history(enrolment)[:10],
    )
    return render(request, "admin/training/roll.html", context)


def _may_attest(user: Any, enrolment: Enrolment) -> bool:
    return enrolment.event.starts_at <= timezone.now() and user.has_perm(RUN, enrolment)


def _is_attested(user: Any, enrolment: Enrolment) -> bool:
    """Whether the papers are approved, so that the user can tell people of them."""
    approved = AttestationList.objects.filter(enrolment=enrolment, status=RecordStatus.PUBLIC)
    return enrolment.forgotten_on is None and user.has_perm(RUN, enrolment) and approved.exists()


def _may_mail(user: Any, enrolment: Enrolment) -> bool:
    """Whether tickets can be mailed now by the user."""
    is_begun = enrolment.status != EnrolmentStatus.PREPARING and not enrolment.forgotten_on
    return is_begun and not is_over(enrolment) and user.has_perm(RUN, enrolment)


@require_POST
def take_enrolment_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Open or shut the enrolment."""
    enrolment = enrolment_of(request, pk)
    return press(
        request, ENROLMENT, enrolment, step, back=page_of_enrolment(enrolment), context_of=context_of
    )


@require_POST
@transaction.atomic
def remind_units(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the units that have sent nobody."""
    enrolment = run_enrolment(request, pk)
    if enrolment.status != EnrolmentStatus.OPEN:
        messages.error(request, "Đợt đăng ký chưa mở hoặc đã khóa nên không nhắc.")
    elif not silent_units(enrolment).exists():
        messages.info(request, "Đơn vị nào cũng đã gửi tên.")
    else:
        count = remind_silent(enrolment)
        audit_act("Nhắc đăng ký dự", request.user, about=enrolment, words=f"{count} đơn vị")
        messages.success(request, f"Đã nhắc {count} đơn vị chưa gửi tên.")
    return redirect(page_of_enrolment(enrolment))


class UnitForm(forms.Form):
    """One unit invited by name, or given a number of places of its own."""

    department = forms.ModelChoiceField(
        Department.objects.none(), label="Đơn vị", widget=forms.Select({"class": "select"})
    )
    places = forms.IntegerField(label="Được cử", min_value=1, max_value=500, initial=2)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def invite_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite a unit by name, for instance one that is not below the host."""
    enrolment = run_enrolment(request, pk)
    form = UnitForm(request.POST or None)
    form.fields["department"].queryset = Department.objects.to_choose(enrolment.day)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and not enrolment.forgotten_on:
        unit = invite_one(enrolment, form.cleaned_data["department"], form.cleaned_data["places"])
        audit_act("Mời riêng đơn vị", request.user, about=enrolment, words=f"{unit}: {unit.places} người")
        if enrolment.status == EnrolmentStatus.OPEN:
            units_invited(enrolment, [unit])
        messages.success(request, f"{unit} được cử {unit.places} người.")
        return redirect(page_of_enrolment(enrolment))
    crumb = (str(enrolment.event), page_of_enrolment(enrolment))
    context = context_of(request, "Mời riêng một đơn vị", crumb, form=form, back=page_of_enrolment(enrolment))
    return render(request, "admin/training/plain_form.html", context | {"act": "Mời đơn vị này"})


@require_safe
def roll_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the roll as a spreadsheet for signatures, with the answers."""
    enrolment = enrolment_of(request, pk)
    if not is_host(request.user, enrolment):
        raise PermissionDenied
    questions = list(enrolment.questions.all())
    people = Participant.objects.standing().filter(enrolment=enrolment).select_related("unit")
    people = people.order_by("unit__sort_key", "unit", "sort_key", "pk")
    head = [
        "STT",
        "Số",
        "Họ và tên",
        "Chức vụ",
        "Đơn vị",
        "Thư điện tử",
        *map(str, questions),
        "Tình trạng",
        "Ký",
    ]
    rows = [
        [
            str(place),
            str(one.number),
            one.full_name,
            one.title,
            one.unit_name,
            one.email,
            *(one.answers.get(question.key, "") for question in questions),
            "chờ" if one.waiting_since else "",
            "",
        ]
        for place, one in enumerate(people, start=1)
    ]
    answer = HttpResponse(xlsx_bytes(head, rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="danh-sach-{enrolment.pk}.xlsx"'
    return answer

"""The list of months, a new month, and the page of one: its works, its steps, its corrections."""

import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.auditing import audit_act
from approvals.history import history
from departments.access import capacity
from fees.enums import MonthStatus
from fees.models import FeeMonth
from fees.pages.reach import context_of, month_of, payer_for, prepared_month
from fees.proposing import MonthIsShut, propose_works, touch_month
from fees.querysets import CHANGE_PAYEES, PREPARE, VIEW, VIEW_PAYEES
from fees.rates import has_rates
from fees.sheet import draft_of
from fees.telling import page_of_month
from fees.workflow import FEES
from foundation.language.numbers import format_number
from foundation.paging.keyset import read_page
from records import stepping
from records.fields import DayField

ADD = "fees.add_feemonth"
A_PAGE, FIRST_YEAR = 50, 2015
SHUT = "Tháng này đã lập bảng: thu lại hoặc chờ trả lại rồi mới sửa được."


class DayOfPayment(forms.ModelForm):
    """When the month is paid: the tax of that day counts."""

    paid_on = DayField(
        label="Ngày chi",
        help_text="Ngưỡng và thuế suất theo ngày này; đơn giá theo ngày đăng của từng bài.",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    class Meta:
        model = FeeMonth
        fields = ("paid_on",)

    def clean_paid_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["paid_on"]
        first = self.instance.first_day
        if first and day < first:
            raise forms.ValidationError("Ngày chi không thể trước tháng đăng bài.")
        return day


class MonthForm(DayOfPayment):
    """A new month."""

    month = forms.RegexField(
        label="Tháng đăng bài",
        regex=r"^(?:0?[1-9]|1[0-2])/\d{4}$",
        help_text="Ghi tháng/năm, ví dụ 11/2026.",
        error_messages={"invalid": "Ghi tháng/năm, ví dụ 11/2026."},
    )
    field_order = ("month", "paid_on")

    def clean_month(self) -> datetime.date:
        number, _, year = self.cleaned_data["month"].partition("/")
        if not FIRST_YEAR <= int(year) <= 2100:
            raise forms.ValidationError(f"Năm từ {FIRST_YEAR} đến 2100.")
        first = datetime.date(int(year), int(number), 1)
        if first > timezone.localdate():
            raise forms.ValidationError("Tháng này chưa tới.")
        self.instance.first_day = first
        return first


@require_safe
def month_list(request: HttpRequest) -> HttpResponse:
    """Show the months, newest first, with their sums once a sheet was made."""
    user = request.user
    payer = payer_for(user, VIEW)
    rows = FeeMonth.objects.visible_to(user).select_related("sheet", "department")
    page = read_page(rows, "first_day", request.GET, A_PAGE, whole=rows)
    context = context_of(request, "Nhuận bút", months=page.items, page=page, payer=payer)
    context |= {
        "trail": (),
        "may_add": user.has_perm(ADD, payer),
        "may_see_payees": user.has_perm(VIEW_PAYEES, payer),
        "may_set_rates": user.has_perm("fees.view_feerate"),
        "may_set_tax": user.has_perm("fees.view_taxrule"),
    }
    return render(request, "admin/fees/months.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def month_add(request: HttpRequest) -> HttpResponse:
    """Begin a month: its works are proposed at once."""
    payer = payer_for(request.user, ADD)
    last = timezone.localdate().replace(day=1) - datetime.timedelta(days=1)
    month = FeeMonth(payer=payer, department=payer.department)
    initial = {"month": f"{last:%m/%Y}", "paid_on": timezone.localdate()}
    form = MonthForm(request.POST or None, instance=month, initial=initial)
    if request.method == "POST" and form.is_valid():
        known = FeeMonth.objects.filter(payer=payer, first_day=month.first_day).first()
        if known is None:
            try:
                with transaction.atomic():
                    month.save()
                    done = propose_works(month)
                    _audit("Mở tháng nhuận bút", request.user, month, f"{done.added} bài đề xuất")
                messages.success(request, f"Đã mở tháng {month.first_day:%m/%Y}: {done.added} bài đề xuất.")
                return redirect(page_of_month(month))
            except IntegrityError:  # somebody else has opened it this moment
                known = FeeMonth.objects.filter(payer=payer, first_day=month.first_day).first()
        messages.info(request, "Tháng này đã có.")
        return redirect(page_of_month(known) if known else "admin:fee_months")
    context = context_of(request, "Mở tháng nhuận bút", form=form, act="Mở tháng, lấy bài đã đăng")
    return render(request, "admin/fees/form.html", context)


@require_safe
def month_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the works of the month with what is still missing, what it comes to, and its steps."""
    month = month_of(request, pk)
    works = month.works.select_related("rate").prefetch_related("shares__payee")
    shown = works.filter(amount=None, left_out_reason="") if request.GET.get("loc") == "chua" else works
    page = read_page(shown, "published_at", request.GET, A_PAGE, whole=works, rising=True)
    draft = draft_of(month)
    is_open, user = month.status == MonthStatus.OPEN, request.user
    context = context_of(request, str(month), month=month, page=page, works=page.items)
    context |= {
        "waiting": works.filter(amount=None, left_out_reason="").count(),
        "whole": works.count(),
        "only_waiting": shown is not works,
        "people": len(draft.lines),
        "gross": format_number(draft.gross, unit="dong"),
        "unrelated": [line.payee for line in draft.lines if not line.payee.relation],
        "may_relate": user.has_perm(CHANGE_PAYEES, month.payer),
        "rule": draft.rule,
        "lacks_rates": is_open and not has_rates(month.first_day),
        "corrections": month.corrections.select_related("share__work__month", "share__payee", "made_by"),
        "bar_steps": stepping.buttons(FEES, month, user),
        "may_prepare": is_open and user.has_perm(PREPARE, month),
        "day_form": DayOfPayment(instance=month),
        "steps_taken": history(month)[:10],
    }
    return render(request, "admin/fees/month.html", context)


@require_POST
def propose_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch stories published since, and newer revisions of those that nobody has fixed."""
    month = prepared_month(request, pk)
    try:
        done = propose_works(month)
    except MonthIsShut:
        messages.error(request, SHUT)
    else:
        _audit("Lấy bài tính nhuận bút", request.user, month, f"{done.added} bài, {done.renewed} bản mới")
        messages.success(request, f"Thêm {done.added} bài, {done.renewed} bài theo bản mới.")
    return redirect(page_of_month(month))


@require_POST
def day_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the day of payment while the month is open."""
    month = prepared_month(request, pk)
    form = DayOfPayment(request.POST, instance=FeeMonth.objects.get(pk=month.pk))
    if not form.is_valid():
        context = context_of(request, "Ngày chi", form=form, act="Ghi ngày chi", back=page_of_month(month))
        return render(request, "admin/fees/form.html", context)
    try:
        with transaction.atomic():
            touch_month(month)
            FeeMonth.objects.filter(pk=month.pk).update(paid_on=form.cleaned_data["paid_on"])
            _audit("Ghi ngày chi nhuận bút", request.user, month, f"{form.cleaned_data['paid_on']:%d/%m/%Y}")
    except MonthIsShut:
        messages.error(request, SHUT)
    else:
        messages.success(request, "Đã ghi ngày chi.")
    return redirect(page_of_month(month))


press = partial(stepping.press, context_of=context_of)


@require_POST
def take_month_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step of the month."""
    month = month_of(request, pk)
    if not any(one.name == step and request.user.has_perm(one.permission, month) for one in FEES.steps):
        raise PermissionDenied
    return press(request, FEES, month, step, back=page_of_month(month))


def _audit(act: str, by: Any, month: FeeMonth, words: str) -> None:
    audit_act(act, by, about=month, capacity=capacity(by, PREPARE, month), words=words)

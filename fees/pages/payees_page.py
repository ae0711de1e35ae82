"""Who is paid: the list, one payee, the yearly form, and a look at the numbers, which is written down."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.sites import site
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.confirming import ask_again
from approvals.auditing import audit_act
from departments.access import capacity
from departments.models import Person
from fees.models import Commitment, Payee
from fees.numbers import BANK_ACCOUNT, TAX_NUMBER, read_numbers, write_numbers
from fees.pages.reach import context_of, payee_of, payer_for
from fees.querysets import ADD_PAYEES, CHANGE_PAYEES, READ_NUMBERS, VIEW_PAYEES
from foundation.choosing.boxes import ChoiceBox
from foundation.language.fields import LineField
from foundation.language.searching import search_words
from foundation.paging.keyset import read_page
from records.fields import DayField
from records.forms import RecordForm

A_PAGE = 50
_SENSITIVE = ("tax_number", "bank_account")


class NewPayeeForm(forms.ModelForm):
    """Somebody who is to be paid; what the tax needs is the accountant's to say."""

    class Meta:
        model = Payee
        fields = ("person", "full_name", "pen_name", "unit_name")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        box = ChoiceBox(Payee._meta.get_field("person"), site)
        self.fields["person"].widget = box
        self.fields["person"].queryset = Person.objects.all()  # type: ignore[attr-defined]
        box.choices = self.fields["person"].choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        same = Payee.objects.filter(payer=self.instance.payer_id, person=cleaned.get("person") or 0)
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("person", "Người này đã có trong danh sách người nhận.")
        return cleaned


class PayeeForm(RecordForm):
    """What the tax and the bank need; a number left empty stays as it is."""

    tax_number = LineField(label="Mã số thuế hoặc số CCCD", max_length=20, required=False)
    bank_account = LineField(label="Số tài khoản", max_length=40, required=False)
    without_numbers = forms.BooleanField(label="Xóa mã số thuế và số tài khoản đang giữ", required=False)

    class Meta:
        model = Payee
        fields = (
            "full_name",
            "pen_name",
            "unit_name",
            "relation",
            "asks_withholding",
            "bank_name",
        )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["relation"].required = True
        kept = "Đang giữ một số; để trống thì giữ nguyên, ghi số mới thì thay."
        for name, is_kept in (
            ("tax_number", self.instance.has_tax_number),
            ("bank_account", self.instance.has_bank_account),
        ):
            self.fields[name].help_text = kept if is_kept else "Chưa có."
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @method_decorator(sensitive_variables())
    def clean_tax_number(self) -> str:
        return _fit(self.cleaned_data["tax_number"], TAX_NUMBER, "Mã số thuế có 10 hoặc 13 chữ số; CCCD 12.")

    @method_decorator(sensitive_variables())
    def clean_bank_account(self) -> str:
        words = "Số tài khoản gồm 6 đến 24 chữ số, chữ in hoa."
        return _fit(self.cleaned_data["bank_account"], BANK_ACCOUNT, words)


@sensitive_variables("typed", "number")
def _fit(typed: str, shape: re.Pattern[str], words: str) -> str:
    number = re.sub(r"[\s.]", "", typed).upper()
    if number and not shape.fullmatch(number):
        raise forms.ValidationError(words)
    return number


class CommitmentForm(forms.ModelForm):
    """The form of a year."""

    signed_on = DayField(label="Ký ngày", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    class Meta:
        model = Commitment
        fields = ("year", "signed_on", "document")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        year, day = cleaned.get("year"), cleaned.get("signed_on")
        if year and day and day.year > year:
            self.add_error("signed_on", "Ký sau năm cam kết thì không có hiệu lực cho năm ấy.")
        if year and Commitment.objects.filter(payee=self.instance.payee_id, year=year).exists():
            self.add_error("year", "Năm này đã có bản cam kết.")
        return cleaned


@require_safe
def payee_list(request: HttpRequest) -> HttpResponse:
    """Show the payees by name; `?q=` looks one up. No number stands here."""
    payer = payer_for(request.user, VIEW_PAYEES)
    asked = request.GET.get("q", "")[:100]
    whole = Payee.objects.visible_to(request.user).filter(payer=payer)
    rows = whole.filter(search_words("search_key", asked)) if asked.strip() else whole
    page = read_page(rows, "sort_key", request.GET, A_PAGE, whole=whole, rising=True)
    year = timezone.localdate().year
    forms_of_year = Commitment.objects.filter(payee__in=page.items, year=year)
    committed = set(forms_of_year.values_list("payee", flat=True))
    context = context_of(request, "Người nhận nhuận bút", page=page, payees=page.items, asked=asked)
    context |= {"committed": committed, "year": year, "may_add": request.user.has_perm(ADD_PAYEES, payer)}
    return render(request, "admin/fees/payees.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def payee_add(request: HttpRequest) -> HttpResponse:
    """Add a payee: of the directory, or from outside it."""
    payer = payer_for(request.user, ADD_PAYEES)
    form = NewPayeeForm(request.POST if request.method == "POST" else None, instance=Payee(payer=payer))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            payee = form.save()
            _audit("Thêm người nhận nhuận bút", request.user, payee)
        messages.success(request, f"Đã thêm {payee}.")
        return redirect("admin:fee_payee", payee.pk)
    context = context_of(request, "Thêm người nhận", _crumb(), form=form, act="Thêm người nhận")
    return render(request, "admin/fees/form.html", context | {"back": reverse("admin:fee_payees")})


@never_cache
@sensitive_post_parameters(*_SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic  # the form locks the row
def payee_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a payee; the accountant changes what the tax and the bank need."""
    payee = payee_of(request, pk)
    may_change = request.user.has_perm(CHANGE_PAYEES, payee.payer)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = PayeeForm(request.POST if request.method == "POST" else None, instance=Payee.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        _save(form, request.user)
        messages.success(request, f"Đã ghi: {payee}.")
        return redirect("admin:fee_payee", pk)
    return _shown(request, payee, form, CommitmentForm(initial=_this_year()), may_change)


@require_POST
@transaction.atomic
def commitment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the form of a year."""
    payee = payee_of(request, pk)
    if not request.user.has_perm(CHANGE_PAYEES, payee.payer):
        raise PermissionDenied
    row = Commitment(payee=payee, noted_by=request.user)
    form = CommitmentForm(request.POST, instance=row)
    if form.is_valid():
        form.save()
        _audit("Ghi bản cam kết thuế", request.user, payee, f"{row}, ký {row.signed_on:%d/%m/%Y}")
        messages.success(request, f"Đã ghi: {row}.")
        return redirect("admin:fee_payee", pk)
    return _shown(request, payee, PayeeForm(instance=payee), form, may_change=True)


@never_cache
@require_POST
@transaction.atomic
@sensitive_variables("numbers", "context")
def payee_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the numbers of one payee once; the look is written in the audit book."""
    payee = payee_of(request, pk)
    if not request.user.has_perm(READ_NUMBERS, payee.payer):
        raise PermissionDenied
    ask_again(request.user)
    numbers = read_numbers(payee, by=request.user)
    context = context_of(request, f"Số của {payee}", _crumb(), payee=payee, numbers=numbers)
    return render(request, "admin/fees/numbers.html", context)


@sensitive_variables("form", "words")
def _save(form: PayeeForm, by: Any) -> None:
    payee, words = form.instance, form.cleaned_data
    gone = "" if words["without_numbers"] else None
    write_numbers(payee, tax_number=words["tax_number"] or gone, bank_account=words["bank_account"] or gone)
    payee.version = F("version") + 1
    payee.save()
    said = [str(form.fields[name].label) for name in form.changed_data if name != "seen_version"]
    _audit("Sửa người nhận nhuận bút", by, payee, "; ".join(said))


def _shown(
    request: HttpRequest, payee: Payee, form: PayeeForm, commitment: CommitmentForm, may_change: bool
) -> HttpResponse:
    context = context_of(request, str(payee), _crumb(), payee=payee, form=form, commitment=commitment)
    context |= {
        "may_change": may_change,
        "may_read": request.user.has_perm(READ_NUMBERS, payee.payer),
        "commitments": payee.commitments.select_related("noted_by"),
    }
    return render(request, "admin/fees/payee.html", context)


def _this_year() -> dict[str, Any]:
    today = timezone.localdate()
    return {"year": today.year, "signed_on": today}


def _crumb() -> tuple[str, str]:
    return "Người nhận", reverse("admin:fee_payees")


def _audit(act: str, by: Any, payee: Payee, words: str = "") -> None:
    audit_act(act, by, about=payee, capacity=capacity(by, VIEW_PAYEES, payee.payer), words=words)

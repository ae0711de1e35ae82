"""One work: its genre and worth, who shares it, why it is left out; and the correction of a closed one."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fees.correcting import add_correction, open_months_after, remove_correction
from fees.enums import MonthStatus
from fees.enums import Part as Parts
from fees.fixing import HUNDRED, Part, fix_work, objection, price_of
from fees.models import Correction, FeeMonth, FeeRate, Payee, Share, Work
from fees.pages.months_page import SHUT
from fees.pages.reach import context_of, crumb, month_of, prepared_month
from fees.proposing import MonthIsShut
from fees.querysets import PREPARE
from fees.rates import Price, rate_words
from fees.telling import page_of_month
from foundation.language.numbers import format_number
from records.forms import RecordForm

MOST_SHARES, EMPTY_ROWS = 12, 2


def plain(figure: Decimal) -> str:
    """Return the figure as a number box shows it: “100”, “33.33”."""
    return f"{figure.normalize():f}"


class RateField(forms.ModelChoiceField):
    """The genres in force on the day of publication."""

    def label_from_instance(self, obj: FeeRate) -> str:  # type: ignore[override]
        return rate_words(obj)


class WorkForm(RecordForm):
    """What the desk says about a work."""

    class Meta:
        model = Work
        fields = ("rate", "value", "encouragement", "encouragement_reason", "left_out_reason")
        field_classes = {"rate": RateField}

    def __init__(self, *args: Any, price: Price | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.price = price
        day = timezone.localdate(self.instance.published_at)
        self.fields["rate"].queryset = FeeRate.objects.on(day)  # type: ignore[attr-defined]
        self.fields["rate"].empty_label = "Chọn thể loại"  # type: ignore[attr-defined]
        if self.instance.value is not None:
            self.initial["value"] = plain(self.instance.value)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        rate = cleaned.get("rate")
        if rate and cleaned.get("value") is None and "value" not in self.errors:
            cleaned["value"] = rate.usual
        if wrong := objection(cleaned.get("rate"), cleaned.get("value"), self.price):
            self.add_error(*wrong)
        if cleaned.get("encouragement") and not cleaned.get("encouragement_reason"):
            self.add_error("encouragement_reason", "Có tiền khuyến khích thì ghi lý do.")
        if cleaned.get("encouragement") and cleaned.get("value") is None:
            self.add_error("value", "Ghi mức của bài trước khi thêm khuyến khích.")
        return cleaned


class ShareForm(forms.Form):
    """One share; a row without a payee is not one."""

    payee = forms.TypedChoiceField(label="Người nhận", required=False, coerce=int, empty_value=None)
    part = forms.ChoiceField(label="Phần việc", choices=Parts, initial=Parts.AUTHOR)
    percent = forms.DecimalField(
        label="Tỷ lệ (%)", required=False, max_digits=5, decimal_places=2, min_value=0, max_value=100
    )

    def __init__(self, *args: Any, payees: list[tuple[Any, str]], **kwargs: Any):
        # A row as it stood is a row too: Django would drop it as untouched.
        super().__init__(*args, **kwargs | {"empty_permitted": False})
        self.fields["payee"].choices = payees  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("payee") and not cleaned.get("percent") and "percent" not in self.errors:
            self.add_error("percent", "Ghi tỷ lệ lớn hơn 0, hoặc bỏ người nhận ở dòng này.")
        return cleaned


class BaseShares(forms.BaseFormSet):
    """The shares of a work: 100 % together."""

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = self.written
        if len({(row["payee"], row["part"]) for row in rows}) < len(rows):
            raise forms.ValidationError("Một người chỉ đứng một dòng cho mỗi phần việc.")
        whole = sum((row["percent"] for row in rows), start=HUNDRED - HUNDRED)
        if rows and whole != HUNDRED:
            raise forms.ValidationError(f"Các tỷ lệ cộng lại là {format_number(whole)} %, phải là 100 %.")

    @property
    def written(self) -> list[dict[str, Any]]:
        return [one.cleaned_data for one in self.forms if one.cleaned_data.get("payee")]


Shares = forms.formset_factory(
    ShareForm, BaseShares, extra=EMPTY_ROWS, max_num=MOST_SHARES, absolute_max=MOST_SHARES
)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic  # the form locks the row
def work_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix a work of an open month; show one of any other."""
    work = get_object_or_404(Work.objects.select_related("month"), pk=pk)
    month = month_of(request, work.month_id)
    may_fix = month.status == MonthStatus.OPEN and request.user.has_perm(PREPARE, month)
    if request.method == "POST" and not may_fix:
        raise PermissionDenied
    form, shares = _forms(request, work, month)
    if request.method == "POST" and all([form.is_valid(), shares.is_valid()]):
        if answer := _saved(request, form, shares, month):
            return answer
    context = context_of(request, work.title, crumb(month), work=work, month=month, form=form, shares=shares)
    context |= {
        "may_fix": may_fix,
        "price": form.price,
        "own": work.shares.select_related("payee").prefetch_related("corrections__month"),
        "may_correct": month.status == MonthStatus.CLOSED and request.user.has_perm(PREPARE, month),
    }
    return render(request, "admin/fees/work.html", context)


def _forms(request: HttpRequest, work: Work, month: FeeMonth) -> tuple[WorkForm, BaseShares]:
    sent = request.POST if request.method == "POST" else None
    payees = [(payee.pk, str(payee)) for payee in Payee.objects.filter(payer=month.payer_id)]
    known = [
        {"payee": share.payee_id, "part": share.part, "percent": plain(share.percent)}
        for share in work.shares.all()
    ]
    shares = Shares(sent, prefix="chia", initial=known, form_kwargs={"payees": [("", "Không ai"), *payees]})
    return WorkForm(sent, instance=work, price=price_of(work)), shares


def _saved(request: HttpRequest, form: WorkForm, shares: BaseShares, month: FeeMonth) -> HttpResponse | None:
    rows = shares.written
    if form.instance.value is not None and not form.instance.left_out_reason and not rows:
        form.add_error(None, "Ghi ít nhất một người nhận, các tỷ lệ cộng lại 100 %.")
        return None
    payees = Payee.objects.in_bulk([row["payee"] for row in rows])
    try:
        fix_work(form.instance, [Part(payees[row["payee"]], row["part"], row["percent"]) for row in rows])
    except MonthIsShut:
        form.add_error(None, SHUT)
        return None
    messages.success(request, f"Đã ghi: {form.instance}.")
    later = Work.objects.filter(month=month, amount=None, left_out_reason="")
    following = later.order_by("published_at", "pk").first()
    if "next" in request.POST and following is not None:
        return redirect("admin:fee_work", following.pk)
    return redirect(page_of_month(month))


class CorrectionForm(forms.ModelForm):
    """The line that makes a share good, in an open month."""

    month = forms.ModelChoiceField(label="Tính vào", queryset=FeeMonth.objects.none(), empty_label=None)

    class Meta:
        model = Correction
        fields = ("amount", "reason")

    field_order = ("month", "amount", "reason")


@require_http_methods(["GET", "HEAD", "POST"])
def correction_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a share of a closed month in a later, open one."""
    share = get_object_or_404(Share.objects.select_related("work__month", "payee"), pk=pk)
    closed = prepared_month(request, share.work.month_id)
    if closed.status != MonthStatus.CLOSED:
        raise Http404
    months = open_months_after(closed)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    form.fields["month"].queryset = months  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        month, words = form.cleaned_data["month"], form.cleaned_data
        try:
            add_correction(month, share, words["amount"], words["reason"], by=request.user)
        except MonthIsShut:
            form.add_error("month", SHUT)
        else:
            messages.success(request, f"Đã thêm dòng điều chỉnh vào tháng {month.first_day:%m/%Y}.")
            return redirect(page_of_month(month))
    title = f"Điều chỉnh: {share.payee}, {share.work}"
    context = context_of(request, title, crumb(closed), form=form, act="Thêm dòng điều chỉnh")
    context |= {"back": page_of_month(closed)}
    context["note"] = "" if months else "Chưa có tháng nào sau đó đang lập: mở tháng mới rồi điều chỉnh."
    return render(request, "admin/fees/form.html", context)


@require_POST
def correction_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a correction back while its month is open."""
    line = get_object_or_404(Correction.objects.select_related("month", "share__work", "share__payee"), pk=pk)
    month = prepared_month(request, line.month_id)
    try:
        remove_correction(line, by=request.user)
    except MonthIsShut:
        messages.error(request, SHUT)
    else:
        messages.success(request, "Đã bỏ dòng điều chỉnh.")
    return redirect(page_of_month(month))

"""The addresses of this room, none of them public; while the room is off only its switch answers."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import path

from fees.models import FeeRate, FeeTerms, Payer, TaxRule
from fees.pages.months_page import (
    day_page,
    month_add,
    month_list,
    month_page,
    propose_page,
    take_month_step,
)
from fees.pages.own_page import own_page
from fees.pages.payees_page import commitment_add, payee_add, payee_list, payee_numbers, payee_page
from fees.pages.sheet_page import sheet_file, sheet_page
from fees.pages.work_page import correction_add, correction_remove, work_page
from fees.switch import payer_now, while_on
from foundation.choosing.boxes import ChoosingAdminMixin


def _inside(view: Any) -> Any:
    return admin.site.admin_view(while_on(view))


_AT, _WHO = "nhuan-but/<int:pk>/", "nhuan-but/nguoi-nhan/<int:pk>/"

admin.site.pages += [  # type: ignore[attr-defined]  # NewsroomAdminSite's
    path("nhuan-but/", _inside(month_list), name="fee_months"),
    path("nhuan-but/them/", _inside(month_add), name="fee_month_add"),
    path("nhuan-but/cua-toi/", _inside(own_page), name="fee_own"),
    path(_AT, _inside(month_page), name="fee_month"),
    path(f"{_AT}de-xuat/", _inside(propose_page), name="fee_month_propose"),
    path(f"{_AT}ngay-chi/", _inside(day_page), name="fee_month_day"),
    path(f"{_AT}buoc/<slug:step>/", _inside(take_month_step), name="fee_month_step"),
    path(f"{_AT}bang-ke/", _inside(sheet_page), name="fee_sheet"),
    path(f"{_AT}<slug:which>.<slug:kind>", _inside(sheet_file), name="fee_sheet_file"),
    path("nhuan-but/bai/<int:pk>/", _inside(work_page), name="fee_work"),
    path("nhuan-but/phan/<int:pk>/dieu-chinh/", _inside(correction_add), name="fee_share_correct"),
    path("nhuan-but/dieu-chinh/<int:pk>/bo/", _inside(correction_remove), name="fee_correction_remove"),
    path("nhuan-but/nguoi-nhan/", _inside(payee_list), name="fee_payees"),
    path("nhuan-but/nguoi-nhan/them/", _inside(payee_add), name="fee_payee_add"),
    path(_WHO, _inside(payee_page), name="fee_payee"),
    path(f"{_WHO}so/", _inside(payee_numbers), name="fee_payee_numbers"),
    path(f"{_WHO}cam-ket/", _inside(commitment_add), name="fee_payee_commitment"),
]


@admin.register(Payer)
class PayerAdmin(ChoosingAdminMixin, admin.ModelAdmin):
    """The switch: which unit pays, and whether it does."""

    no_search = "Một dòng cho mỗi cơ quan chi."
    list_display = ["department", "is_on"]
    list_select_related = ["department"]
    autocomplete_fields = ["department"]
    fields = ["department", "is_on"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The unit stays: its months and payees are its own."""
        return ["department"] if obj is not None else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LegalRowAdmin(admin.ModelAdmin):
    """Dated rows of the law and the office; a shipped row that somebody changes becomes the office's own."""

    no_search = "Vài dòng cho mỗi văn bản."
    ordering = ["from_pack", "-valid_from"]

    def get_urls(self) -> list:
        """While the room is off the lists are not there."""
        found = super().get_urls()
        for pattern in found:
            pattern.callback = while_on(pattern.callback)
        return found

    def has_module_permission(self, request: HttpRequest) -> bool:
        return payer_now() is not None and super().has_module_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if form.has_changed():
            obj.from_pack = False
        super().save_model(request, obj, form, change)

    @admin.display(description="Nguồn", ordering="from_pack")
    def origin(self, row: Any) -> str:
        return "Kèm chương trình" if row.from_pack else "Cơ quan ghi"


@admin.register(FeeRate)
class FeeRateAdmin(LegalRowAdmin):
    list_display = ["genre", "measure", "usual", "highest", "valid_from", "valid_until", "document", "origin"]
    fields = ["genre", "measure", ("usual", "highest"), ("valid_from", "valid_until"), "document", "source"]


@admin.register(FeeTerms)
class FeeTermsAdmin(LegalRowAdmin):
    list_display = [
        "valid_from",
        "valid_until",
        "percent_of_salary",
        "fixed_price",
        "factor",
        "document",
        "origin",
    ]
    fields = [
        ("percent_of_salary", "fixed_price"),
        "factor",
        ("valid_from", "valid_until"),
        "document",
        "source",
    ]


@admin.register(TaxRule)
class TaxRuleAdmin(LegalRowAdmin):
    list_display = ["valid_from", "valid_until", "threshold", "resident_percent", "document", "origin"]
    fields = ["threshold", ("resident_percent", "non_resident_percent"), ("valid_from", "valid_until")]
    fields += ["document", "source"]

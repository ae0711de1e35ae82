"""Admin of forms of award, reward rates and base salaries, and when they were last compared with the law."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from awards.models import AwardKind, BaseSalary, LawCheck, LawVersion, RewardRate
from foundation.choosing.rows import SentRows
from foundation.language.numbers import format_number
from foundation.pagestore.admin import AnnouncingAdminMixin


class LawCheckMixin:
    """Shows above the list until when its figures were compared with the law, and stores a comparison."""

    change_list_template = "admin/awards/figures.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(require_POST(self.check_view))
        name = f"awards_{self.opts.model_name}_checked"
        return [path("da-doi-chieu/", view, name=name), *super().get_urls()]

    def check_view(self, request: HttpRequest) -> HttpResponse:
        """Note that this person compared the figures today."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        LawCheck.objects.get_or_create(checked_on=timezone.localdate(), checked_by=request.user)
        messages.success(request, "Đã ghi: hôm nay bạn đã đối chiếu với văn bản đang có hiệu lực.")
        return redirect(f"admin:awards_{self.opts.model_name}_changelist")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {
            "last_check": LawCheck.objects.select_related("checked_by").first(),
            "may_check": self.has_change_permission(request),
        }
        return super().changelist_view(request, context | (extra_context or {}))


class RewardRateInline(admin.TabularInline):
    model = RewardRate
    formset = SentRows
    extra = 0
    fields = [
        "recipient_kind",
        "valid_from",
        "multiple",
        "fixed_amount",
        "rounding",
        "rounding_step",
        "document",
    ]


@admin.register(AwardKind)
class AwardKindAdmin(LawCheckMixin, AnnouncingAdminMixin, admin.ModelAdmin):
    list_display = ["name", "issuer_level", "order"]
    list_filter = ["issuer_level"]
    search_fields = ["name"]
    fields = ["name", "issuer_level", "other_issuer_level", "order"]
    inlines = [RewardRateInline]

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        """A rate that the office wrote or changed is its own; a new version of the program leaves it."""
        for one in formset.forms:
            if one.has_changed():
                one.instance.from_pack = False
        super().save_formset(request, form, formset, change)


@admin.register(BaseSalary)
class BaseSalaryAdmin(LawCheckMixin, admin.ModelAdmin):
    no_search = "một dòng cho mỗi lần tăng lương cơ sở"
    list_display = ["valid_from", "written_amount", "document", "origin"]
    ordering = ["-valid_from"]

    @admin.display(description="Mức lương cơ sở", ordering="amount")
    def written_amount(self, salary: BaseSalary) -> str:
        return format_number(salary.amount, unit="dong")

    @admin.display(description="Nguồn", ordering="from_pack")
    def origin(self, salary: BaseSalary) -> str:
        return "Kèm chương trình" if salary.from_pack else "Cơ quan ghi"

    def save_model(self, request: HttpRequest, obj: BaseSalary, form: ModelForm, change: bool) -> None:
        if form.has_changed():
            obj.from_pack = False
        super().save_model(request, obj, form, change)


@admin.register(LawVersion)
class LawVersionAdmin(LawCheckMixin, admin.ModelAdmin):
    no_search = "một dòng cho mỗi lần luật thay đổi"
    list_display = ["valid_from", "document", "knows_thematic"]
    ordering = ["-valid_from"]

    def save_model(self, request: HttpRequest, obj: LawVersion, form: ModelForm, change: bool) -> None:
        if form.has_changed():
            obj.from_pack = False
        super().save_model(request, obj, form, change)

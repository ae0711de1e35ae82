"""Admin of forms of award, reward rates and base salaries."""

from django.contrib import admin

from awards.models import AwardKind, BaseSalary, RewardRate
from foundation.choosing.rows import SentRows
from foundation.language.numbers import format_number
from foundation.pagestore.admin import AnnouncingAdminMixin


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
class AwardKindAdmin(AnnouncingAdminMixin, admin.ModelAdmin):
    list_display = ["name", "issuer_level", "order"]
    list_filter = ["issuer_level"]
    search_fields = ["name"]
    fields = ["name", "issuer_level", "order"]
    inlines = [RewardRateInline]


@admin.register(BaseSalary)
class BaseSalaryAdmin(admin.ModelAdmin):
    no_search = "một dòng cho mỗi lần tăng lương cơ sở"
    list_display = ["valid_from", "written_amount", "document"]
    ordering = ["-valid_from"]

    @admin.display(description="Mức lương cơ sở", ordering="amount")
    def written_amount(self, salary: BaseSalary) -> str:
        return format_number(salary.amount, unit="dong")

"""The rows of a decision on its admin page, and who may write them."""

from functools import cached_property

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import Textarea
from django.http import HttpRequest

from awards.formsets import CommendationForm, CommendationFormSet
from awards.models import Commendation, Decision
from awards.rewards import RewardTable
from awards.workflow import EDITABLE
from foundation.choosing.boxes import ChoosingAdminMixin
from foundation.language.fields import NormalTextField

CHANGE = "awards.change_decision"
# In the order of a printed giấy khen.
ON_PAPER = [
    ("recipient_kind", "award_kind"),
    ("recipient_name", "recipient_title"),
    ("unit_name", "is_pupil"),
    "achievement",
]
# One name each, no tuples: Django searches errors by name to open the collapsed fieldset.
BESIDE = [
    "reward_amount",
    "reward_reason",
    "suggested_reward",
    "person",
    "department",
    "book_number",
    "position",
    "code",
]


def may_write(request: HttpRequest, decision: Decision | None, perm: str = CHANGE) -> bool:
    """Whether the person may write: only while the decision is a draft or withdrawn."""
    return request.user.has_perm(perm, decision) and (decision is None or decision.status in EDITABLE)


def moved_on(request: HttpRequest, decision: Decision) -> bool:
    """Whether the person could write here if the decision had not been moved to another status."""
    return request.user.has_perm(CHANGE, decision) and decision.status not in EDITABLE


def suggestion_for(row: Commendation, table: RewardTable) -> str:
    """Returns the suggested reward in words, or that there is none."""
    found = table.suggest(row.award_kind, row.recipient_kind, row.decision.signed_on)
    return found.words if found else "Chưa có mức nào cho ngày ký này"


class CommendationInline(ChoosingAdminMixin, admin.StackedInline):
    """The rows of a decision in its form."""

    model = Commendation
    form = CommendationForm
    formset = CommendationFormSet
    extra = 0
    view_on_site = False
    formfield_overrides = {NormalTextField: {"widget": Textarea(attrs={"rows": 2})}}
    autocomplete_fields = ["department", "person"]
    readonly_fields = ["suggested_reward", "code"]
    fieldsets = [
        (None, {"fields": ON_PAPER}),
        ("Tiền thưởng, danh bạ, vào sổ", {"classes": ["collapse"], "fields": BESIDE}),
    ]

    @cached_property
    def table(self) -> RewardTable:
        return RewardTable()

    @admin.display(description="Mức quy định")
    def suggested_reward(self, row: Commendation) -> str:
        return suggestion_for(row, self.table) if row.pk else "Hiện sau khi lưu"

    @admin.display(description="Mã giấy khen")
    def code(self, row: Commendation) -> str:
        return row.verify_code or "Tự đặt khi lưu"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("award_kind", "decision", "person", "department")

    def has_view_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return True  # whoever may open the decision reads its rows

    def has_add_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return may_write(request, obj, "awards.add_commendation")

    def has_change_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return may_write(request, obj, "awards.change_commendation")

    def has_delete_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return may_write(request, obj, "awards.delete_commendation")

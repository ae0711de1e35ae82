"""Admin of review routes, and read-only lists of early decisions and urgent withdrawals."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from approvals.admin import ReadOnlyAdmin
from articles.models import BreakGlass, ReviewRoute, UrgentWithdrawal
from departments.access import scope


@admin.register(ReviewRoute)
class ReviewRouteAdmin(admin.ModelAdmin):
    """Which kinds of unit need a second reading, and their hours."""

    list_display = ["kind", "second_reading", "reply_hours", "grace_hours"]
    no_search = "one row a kind of unit"


@admin.register(BreakGlass)
class BreakGlassAdmin(ReadOnlyAdmin):
    """Read-only list of decisions made before the decider's turn."""

    list_display = ["opened_at", "story", "verdict", "decided_by", "capacity", "reason", "passed_over"]
    search_fields = ["reason", "decision__decided_by__full_name", "decision__revision__article__search_key"]
    date_hierarchy = "opened_at"
    list_select_related = ["decision__revision__article", "decision__decided_by"]

    @admin.display(description="bài")
    def story(self, row: BreakGlass) -> str:
        return str(row.decision.revision.article)

    @admin.display(description="quyết định")
    def verdict(self, row: BreakGlass) -> str:
        return row.decision.get_verdict_display()

    @admin.display(description="người quyết định")
    def decided_by(self, row: BreakGlass) -> str:
        return str(row.decision.decided_by)

    @admin.display(description="tư cách")
    def capacity(self, row: BreakGlass) -> str:
        return row.decision.capacity

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).defer("decision__revision__content")
        units = scope(request.user, "articles.view_breakglass")
        return rows.filter(decision__revision__article__department__in=units)


@admin.register(UrgentWithdrawal)
class UrgentWithdrawalAdmin(ReadOnlyAdmin):
    """Read-only list of urgent withdrawals."""

    list_display = ["withdrawn_at", "story", "withdrawn_by", "capacity", "reason", "answered"]
    search_fields = ["reason", "withdrawn_by__full_name", "revision__article__search_key"]
    date_hierarchy = "withdrawn_at"
    list_select_related = ["revision__article", "withdrawn_by", "answer__answered_by"]

    @admin.display(description="bài")
    def story(self, row: UrgentWithdrawal) -> str:
        return str(row.revision.article)

    @admin.display(description="người thứ hai")
    def answered(self, row: UrgentWithdrawal) -> str:
        return f"{row.answer}: {row.answer.answered_by}" if hasattr(row, "answer") else "chưa có"

    def get_queryset(self, request: HttpRequest) -> Any:
        units = scope(request.user, "articles.view_urgentwithdrawal")
        return super().get_queryset(request).filter(page__department__in=units)

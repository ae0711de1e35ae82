"""What both pages do with a plan: rehearse it for the preview, or carry it out."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.confirming import ask_again
from reform.enacting import Outcome, ReformRefused, carry_out, rehearse
from reform.planning import Plan

MAY = ("departments.add_department", "departments.change_department", "departments.change_position")
NAMED = 8  # units of one group that the preview names
FAREWELLS = 100


def require_reformer(request: HttpRequest) -> None:
    """Raise PermissionDenied for everybody who does not administer units and positions."""
    if not request.user.has_perms(MAY):
        raise PermissionDenied


def try_plan(plan: Plan) -> Outcome | None:
    """Return what the plan would do; None when it is refused, its errors then stand in the plan."""
    try:
        return rehearse(plan)
    except ReformRefused as refusal:
        plan.errors = refusal.errors
        return None


def save_plan(request: HttpRequest, plan: Plan) -> HttpResponse | None:
    """Carry the plan out and lead to the units; None when it is refused."""
    ask_again(request.user)  # who may approve what changes with it
    try:
        outcome = carry_out(plan, by=request.user)
    except ReformRefused as refusal:
        plan.errors = refusal.errors
        return None
    done = count_words(plan, outcome)
    messages.success(request, f"Đã sắp xếp từ ngày {plan.day:%d/%m/%Y}: {', '.join(done)}.")
    if outcome.unmanaged:
        words = f"{len(outcome.unmanaged)} đơn vị chưa có cơ quan quản lý: xem bộ lọc Tình trạng."
        messages.warning(request, words)
    return redirect("admin:departments_department_changelist")


def preview(plan: Plan | None, outcome: Outcome | None) -> dict[str, Any]:
    """Return the words of the page about the plan."""
    if plan is None or outcome is None:
        return {"outcome": None}
    return {
        "outcome": outcome,
        "counts": count_words(plan, outcome),
        "powers": [
            {
                "before": change.before,
                "after": change.after,
                "units": change.units[:NAMED],
                "more": max(len(change.units) - NAMED, 0),
                "count": len(change.units),
            }
            for change in outcome.powers
        ],
        "farewells": outcome.farewells[:FAREWELLS],
        "last": plan.last,
        "day": plan.day,
    }


def count_words(plan: Plan, outcome: Outcome) -> list[str]:
    """Return “1 đơn vị thành lập”, “40 quan hệ Hành chính …” for what there is."""
    found = [
        (len(plan.founded), "đơn vị thành lập"),
        (len(plan.closings), "đơn vị kết thúc"),
        (len(plan.renamed), "đơn vị đổi tên"),
        (len(plan.parted), "đơn vị tách"),
        *((count, f"quan hệ mới về {label.lower()}") for label, count in outcome.relations.items()),
        (len(outcome.farewells), "chức danh kết thúc"),
    ]
    return [f"{count} {words}" for count, words in found if count]


def context_of(request: HttpRequest, title: str, **words: Any) -> dict[str, Any]:
    """Return the context of an office page."""
    return admin.site.each_context(request) | {"title": title} | words

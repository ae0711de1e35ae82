"""What those who watch others' work look at: what is overdue, decided before its turn, taken down."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from articles.approval import urgent
from articles.approval.holding import SECOND_READ
from articles.models import BreakGlass
from articles.office.waits import AUDIT, overdue_stories
from departments.access import scope
from foundation.language.dates import format_near
from newsroom.home.task import BAD, MOST, WARN, Found, Task, task_of

EARLY = "articles.view_breakglass"
LOOKED_AT = datetime.timedelta(days=7)


def overdue(user: Any) -> Iterator[Found]:
    """For auditors the overdue stories of their units, each; for the Sở's desk that there are some."""
    audited, read = scope(user, AUDIT), scope(user, SECOND_READ)
    if not audited | read:
        return
    found, total = overdue_stories(audited | read, user, MOST)
    if not found:
        return
    if not audited:
        since = found[0].holding.due_at
        words = f"Lâu nhất: bài của {found[0].unit}, hạn {format_near(since, timezone.localdate())}."
        title = f"{total} bài của các đơn vị quá hạn trả lời"
        one = Task("clock", title, words, reverse("admin:waits"), "Xem theo đơn vị", since, "Quá hạn", WARN)
        yield Found([one], 1, "", "")
        return
    tasks = []
    for one in found:
        holder = one.holding.holder
        who = f"{holder.person} đang giữ" if holder else "chưa ai giữ"
        address = reverse("admin:articles_article_change", args=[one.record.pk])
        tasks.append(task_of(one, "clock", f"{one.unit}: {who}.", "Xem bài", address=address))
    yield Found(tasks, total, "bài quá hạn trả lời", reverse("admin:waits"))


def early(user: Any) -> Iterator[Found]:
    """Decisions made before their turn in the last days."""
    units = scope(user, EARLY)
    if not units:
        return
    rows = BreakGlass.objects.filter(
        opened_at__gt=timezone.now() - LOOKED_AT, decision__revision__article__department__in=units
    )
    rows = list(
        rows.select_related("decision__revision", "decision__decided_by").order_by("opened_at", "pk")[:100]
    )
    tasks = [
        Task(
            "key",
            f"Quyết định trước lượt: {row.decision.revision.content['title']}",
            f"{row.decision.decided_by}: {row.reason}",
            reverse("admin:articles_breakglass_change", args=[row.pk]),
            "Xem lý do",
            since=row.opened_at,
            state="Việc gấp",
        )
        for row in rows[:MOST]
    ]
    yield Found(tasks, len(rows), "quyết định trước lượt", reverse("admin:articles_breakglass_changelist"))


def unanswered(user: Any) -> Iterator[Found]:
    """For auditors: urgent withdrawals that nobody has answered."""
    units = scope(user, AUDIT)
    if not units:
        return
    found = urgent.list_waiting(urgent.all_pending().filter(page__department__in=units))
    tasks = [
        Task(
            "warning",
            f"Gỡ khẩn chưa ai xác nhận: {one.title}",
            f"{one.record.withdrawn_by} gỡ. Lý do: {one.record.reason}",
            reverse("admin:articles_urgentwithdrawal_change", args=[one.record.pk]),
            "Xem",
            since=one.sent_at,
            state="Quá hạn xác nhận" if one.holding.is_overdue else "Chờ người thứ hai xác nhận",
            tone=BAD,
        )
        for one in found[:MOST]
    ]
    yield Found(tasks, len(found), "lần gỡ khẩn", reverse("admin:articles_urgentwithdrawal_changelist"))

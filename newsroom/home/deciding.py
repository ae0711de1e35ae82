"""What waits for those who decide: stories, events, decisions, pages taken down, late releases, proposals."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from approvals.history import last_moved
from articles.approval import commenting, corrections, schedule, urgent
from articles.approval.holding import APPROVE, SECOND_READ
from articles.enums import Status
from articles.office.queue import is_open_to, longest_waiting, records_waiting
from departments.access import rights, scope
from foundation.language.dates import format_near
from newsroom.home.task import BAD, MOST, WARN, Found, Task, task_of
from records.kinds import Waiting
from rounds.enums import ProposalStatus
from rounds.models import Proposal
from rounds.querysets import SUBMIT

DESK = "admin:review_desk"


def stories(user: Any) -> Iterator[Found]:
    """Stories this person decides about now."""
    if is_open_to(user):
        found, total = longest_waiting(user, MOST)
        answered = commenting.answered_counts([one.record for one in found], user) if found else {}
        tasks = [_story(one, answered.get(one.record.pk, 0)) for one in found]
        yield Found(tasks, total, "bài chờ duyệt", reverse(DESK))


def _story(waiting: Waiting, answered: int) -> Task:
    revision = waiting.record.review_revision
    marks = []
    if correction := corrections.label_of(revision.content):
        marks.append(f"{correction} bài đã đăng")
    if waiting.record.status == Status.SECOND_READING:
        marks.append("Duyệt lần hai")
    if waiting.is_sent_again:
        marks.append(f"Bản {revision.number}, gửi lại")
    words = f"Bài của {revision.created_by}, {waiting.unit}."
    if answered:
        words += f" Đã trả lời {answered} góp ý của bạn."
    return task_of(waiting, "news", words, "Đọc và quyết định", *marks)


def records(user: Any) -> Iterator[Found]:
    """Events and commendation decisions this person decides about now."""
    if scope(user, "events.approve_event") or scope(user, "awards.publish_decision"):
        found = records_waiting(user)
        icons = {"sự kiện": "calendar"}
        tasks = [
            task_of(
                one, icons.get(one.noun, "medal"), f"{one.noun.capitalize()}, {one.unit}.", "Xem và duyệt"
            )
            for one in found[:MOST]
        ]
        yield Found(tasks, len(found), "sự kiện, quyết định chờ duyệt", reverse(DESK))


def taken_down(user: Any) -> Iterator[Found]:
    """Pages under an urgent withdrawal that this person may answer; one's own withdrawals wait for others."""
    if scope(user, APPROVE):
        found = [one for one in urgent.waiting_for(user) if one.holding.turn_of(user)]
        tasks = [
            Task(
                "warning",
                f"Gỡ khẩn chờ xác nhận: {one.title}",
                f"{one.record.withdrawn_by} gỡ. Lý do: {one.record.reason}",
                reverse("admin:urgent_withdrawal", args=[one.record.page_id]),
                "Đọc rồi quyết định",
                since=one.sent_at,
                state="Quá hạn xác nhận" if one.holding.is_overdue else "Chờ người thứ hai xác nhận",
                tone=BAD,
            )
            for one in found[:MOST]
        ]
        yield Found(tasks, len(found), "bài gỡ khẩn", reverse(DESK))


def late_releases(user: Any) -> Iterator[Found]:
    """Approved stories whose hour has passed, or whose last attempt to publish failed."""
    deciding, reading = scope(user, APPROVE), scope(user, SECOND_READ)
    if not deciding | reading:
        return
    now = timezone.now()
    is_late = Q(due_at__lt=now - schedule.LATE_AFTER) | ~Q(error="")
    rows = schedule.waiting().filter(is_late, decision__revision__article__department__in=deciding | reading)
    rows = list(rows.select_related("decision__revision__article")[: 10 * MOST])
    tasks = []
    for row in rows[:MOST]:
        article, due = row.decision.revision.article, format_near(row.due_at, timezone.localdate())
        if article.department_id in deciding:
            address = f"{reverse('admin:scheduled_stories')}#hen-{row.pk}"
        else:
            address = reverse("admin:articles_article_change", args=[article.pk])
        why = "Lần thử gần nhất bị lỗi; hệ thống đang thử lại." if row.error else "Hãy báo quản trị viên."
        title = f"Bài hẹn {due} chưa lên trang"
        words = f"“{row.decision.revision.content['title']}”. {why}"
        tasks.append(Task("warning", title, words, address, "Xem lệnh đăng", row.due_at, "Lên muộn", BAD))
    yield Found(tasks, len(rows), "bài lên muộn", reverse(DESK))


def proposals(user: Any) -> Iterator[Found]:
    """Proposals of the person's own units that only their head sends."""
    held = rights(user)
    units = {position.department_id for position in held.granting(SUBMIT)} if held else set()
    if not units:
        return
    rows = Proposal.objects.filter(department__in=units, status=ProposalStatus.WITH_HEAD)
    rows = list(rows.select_related("round", "department").order_by("round__deadline", "pk"))
    since, now = last_moved(Proposal, [row.pk for row in rows]), timezone.now()
    tasks = []
    for row in rows:
        due = format_near(row.round.deadline, timezone.localdate())
        is_late = row.round.deadline < now
        tasks.append(
            Task(
                "medal",
                f"Hồ sơ đề nghị khen: {row.round}",
                f"{row.department} soạn xong, chờ bạn đọc và gửi.",
                reverse("admin:round_proposal", args=[row.pk]),
                "Đọc và gửi",
                since=since.get(row.pk),
                state=f"Hết hạn nhận từ {due}" if is_late else f"Hạn nhận {due}",
                tone=WARN if is_late else "",
            )
        )
    yield Found(
        sorted(tasks, key=lambda one: one.place)[:MOST], len(rows), "hồ sơ", reverse("admin:round_list")
    )

"""What waits for those who write: stories that came back, proposals that must be completed."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from approvals.history import last_moved
from articles.writing.board import may_write, oldest_returned
from newsroom.home.task import MOST, Found, Task
from rounds.enums import ProposalStatus
from rounds.models import Proposal
from rounds.querysets import proposing_units

_BACK = {
    ProposalStatus.MISSING: "Cơ quan khen yêu cầu bổ sung",
    ProposalStatus.RETURNED: "Cơ quan khen trả lại",
}


def returned(user: Any) -> Iterator[Found]:
    """Stories of this person that were returned."""
    if not may_write(user):
        return
    rows, total = oldest_returned(user, MOST)
    tasks = []
    for row in rows:
        said, left = row["decision"], row["comments"]
        words = f"{said.decided_by}: {said.note}" if said else "Xem lời nhắn trong bài."
        marks = (f"{left} góp ý trong bài",) if left else ()
        title = row["article"].title or "Bài chưa có tiêu đề"
        address = reverse("admin:articles_article_change", args=[row["article"].pk])
        since = said.decided_at if said else None
        tasks.append(Task("return", title, words, address, "Sửa bài này", since, "Trả lại để sửa", "", marks))
    yield Found(tasks, total, "bài trả lại", reverse("admin:writing_board"))


def unfinished_proposals(user: Any) -> Iterator[Found]:
    """Proposals of this person's units that the host wants completed."""
    units = proposing_units(user)
    if not units:
        return
    rows = Proposal.objects.filter(department__in=units, status__in=_BACK).select_related(
        "round", "department"
    )
    rows = list(rows.order_by("pk")[: 10 * MOST])
    since = last_moved(Proposal, [row.pk for row in rows])
    tasks = [
        Task(
            "medal",
            f"Hồ sơ đề nghị khen: {row.round}",
            f"{_BACK[row.status]}; lời nhắn ở trang hồ sơ.",
            reverse("admin:round_proposal", args=[row.pk]),
            "Mở hồ sơ",
            since=since.get(row.pk),
            state=row.get_status_display(),
        )
        for row in rows
    ]
    tasks.sort(key=lambda one: one.place)
    yield Found(tasks[:MOST], len(tasks), "hồ sơ", reverse("admin:round_list"))

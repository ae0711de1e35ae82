"""Who holds a submitted story: describes stories to `records`, so that they wait in turn.

Only stories have a second reading by the Sở's desk, and hours by kind of unit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.roles import PERMISSIONS, Role
from articles.enums import Status, Verdict
from articles.models import Article, ReviewDecision, ReviewRoute, Revision
from records.holding import Submission
from records.kinds import RecordKind

APPROVE = "articles.approve_article"
SEND_BACK = "articles.send_back_article"
SECOND_READ = "articles.second_read_article"
VIEW = "articles.view_article"
SECOND_READERS = tuple(role for role in Role if SECOND_READ in PERMISSIONS[role])
WAITING = (Status.IN_REVIEW, Status.SECOND_READING)


def reply_times() -> dict[str, tuple[int, int]]:
    """Returns (working hours to answer, hours of grace after them) by kind of unit with a route."""
    return {route.kind: (route.reply_hours, route.grace_hours) for route in ReviewRoute.objects.all()}


def about(story: Article, revision: Revision, address: str) -> dict[str, Any]:
    """Returns a notice's subject, its record, the permission needed to receive it, and its link."""
    title = revision.content["title"] or "(chưa có tiêu đề)"
    return {"about": title, "record": story, "permission": VIEW, "address": address}


def _rows() -> QuerySet[Article]:
    return Article.objects.unfinished().filter(binned_at=None).select_related("department", "review_revision")


def _submissions(stories: Sequence[Article], leaving: str) -> Iterable[Submission]:
    """Makes one query, and one more when there is a second reading among the stories."""
    times = reply_times()
    readings = {story: leaving or story.status for story in stories if story.review_revision_id}
    second = [story for story, reading in readings.items() if reading == Status.SECOND_READING]
    said = _said(second) if second else {}
    for story, reading in readings.items():
        hours = times.get(story.department.kind)
        yield _submission(story, reading, hours, said.get(story.review_revision_id, []))


def _said(stories: Sequence[Article]) -> dict[int, list[ReviewDecision]]:
    """Returns the decisions about each waiting revision, by revision id."""
    found: dict[int, list[ReviewDecision]] = {}
    for decision in ReviewDecision.objects.filter(revision__in=[s.review_revision_id for s in stories]):
        found.setdefault(decision.revision_id, []).append(decision)
    return found


def _submission(
    story: Article, reading: str, hours: tuple[int, int] | None, said: list[ReviewDecision]
) -> Submission:
    """A second reading waits from the time the unit passed it on; first readers may not decide again."""
    first = Submission(
        record=story,
        unit=story.department_id,
        sent_at=story.submitted_at,
        since=story.submitted_at,
        barred=frozenset(story.review_revision.editor_ids),
        key=f"{reading}:{story.review_revision_id}",
        hours=hours,
    )
    if reading != Status.SECOND_READING:
        return first
    passed_on = [decision.decided_at for decision in said if decision.verdict == Verdict.PASSED]
    return replace(
        first,
        since=max(passed_on, default=story.submitted_at),
        barred=first.barred | {decision.decided_by_id for decision in said},
        roles=SECOND_READERS,
        at_once="duyệt lần hai",
    )


STORIES = RecordKind(
    model=Article,
    noun="bài",
    act="duyệt",
    own_refusal="Bạn đã viết, sửa hoặc gửi bài này nên không thể tự quyết định. "
    "Người khác có quyền duyệt sẽ quyết định.",
    rights={Status.IN_REVIEW: (APPROVE, SEND_BACK), Status.SECOND_READING: (SECOND_READ,)},
    rows=_rows,
    submissions=_submissions,
    writers=lambda story: set(story.review_revision.editor_ids),
    notice=lambda story: about(story, story.review_revision, reverse("admin:review_story", args=[story.pk])),
    title=lambda story: story.review_revision.content["title"],
)

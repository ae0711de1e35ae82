"""Which text of which story was public at a past moment, from what was recorded then."""

import datetime
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from approvals.models import StatusChange
from articles.enums import PublicState, Verdict
from articles.models import PublishedArticle, Release, ReviewDecision, Revision


@dataclass(frozen=True)
class Shown:
    """A story that was public: its revision, and since when."""

    article_id: int
    revision_id: int
    since: datetime.datetime


def public_at(moment: datetime.datetime) -> list[Shown]:
    """Returns every story that was public at that moment, newest first; loads no text.

    The last release done by then counts, unless its approval was taken back, the page was withdrawn after it
    (and not restored), or its `until` had passed.
    """
    undone = _taken_back(moment)
    last: dict[int, tuple[int, datetime.datetime, datetime.datetime | None]] = {}
    done = Release.objects.filter(done_at__lte=moment).order_by("done_at", "pk")
    columns = ("decision_id", "decision__revision__article_id", "decision__revision_id", "done_at", "until")
    for decision, article, revision, at, until in done.values_list(*columns).iterator():
        if decision not in undone:
            last[article] = (revision, at, until)
    moved = _withdrawn_or_put_back(moment)
    shown = []
    for article, (revision, at, until) in last.items():
        is_back, moved_at = moved.get(article, (True, at))
        if not (until and until <= moment) and (is_back or moved_at <= at):
            shown.append(Shown(article, revision, max(at, moved_at) if is_back else at))
    return sorted(shown, key=lambda one: (one.since, one.article_id), reverse=True)


def rows_of(shown: list[Shown]) -> list[tuple[str, ...]]:
    """Returns rows for a page or file: number, title, unit then, section, revision, digest, since, approved
    by.
    """
    revisions = Revision.objects.in_bulk([one.revision_id for one in shown])
    approvals = ReviewDecision.objects.filter(
        revision__in=revisions, verdict__in=(Verdict.APPROVED, Verdict.IMPORTED)
    )
    decided = {d.revision_id: d for d in approvals.select_related("decided_by").order_by("pk")}
    return [_row(one, revisions[one.revision_id], decided.get(one.revision_id)) for one in shown]


def _row(one: Shown, revision: Revision, decision: ReviewDecision | None) -> tuple[str, ...]:
    content = revision.content
    who = f"{decision.decided_by}, {decision.capacity}" if decision else ""
    return (
        str(one.article_id),
        content["title"],
        content["department"]["name"],
        content["section"]["name"] if content["section"] else "",
        str(revision.number),
        revision.sha256,
        f"{timezone.localtime(one.since):%H:%M %d/%m/%Y}",
        who,
    )


def _taken_back(moment: datetime.datetime) -> set[int]:
    """Returns ids of decisions taken back by then: for each TAKEN_BACK the decision before it."""
    marks = ReviewDecision.objects.filter(verdict=Verdict.TAKEN_BACK, decided_at__lte=moment)
    undone = set()
    for pk, revision in marks.values_list("pk", "revision_id"):
        before = ReviewDecision.objects.filter(revision=revision, pk__lt=pk).order_by("-pk")
        undone.add(before.values_list("pk", flat=True).first())
    return undone


def _withdrawn_or_put_back(moment: datetime.datetime) -> dict[int, tuple[bool, datetime.datetime]]:
    """Returns {story: (is restored, time of the last change)} of pages withdrawn by then."""
    kind = ContentType.objects.get_for_model(PublishedArticle)
    steps = StatusChange.objects.filter(content_type=kind, taken_at__lte=moment)
    moves = steps.order_by("taken_at", "pk").values_list("object_id", "old_status", "new_status", "taken_at")
    public = PublicState.LIVE
    return {article: (new == public, at) for article, old, new, at in moves if public in (old, new)}

"""What has been decided about a story, what is still valid, and the effects of a decision."""

import datetime
from typing import Any

from django.utils import timezone

from approvals.engine import Attempt, StepRefused
from approvals.undoing import UNDO_MINUTES
from articles.approval import commenting, notices, releasing, schedule
from articles.approval.freezing import content_of, words_digest
from articles.approval.holding import STORIES
from articles.enums import Status, Verdict
from articles.models import Article, BreakGlass, PublishedArticle, ReviewDecision, Revision

# Verdicts after which readers may see the revision.
PUBLISHING = (Verdict.APPROVED, Verdict.IMPORTED)
PAGE_MOVED_ON = "Trang đã đổi từ sau quyết định này nên không rút lại được."


def last_decision(article: Article) -> ReviewDecision | None:
    """Returns the story's newest decision with its revision, or None."""
    decisions = ReviewDecision.objects.filter(revision__article=article.pk)
    return decisions.select_related("revision").order_by("-pk").first()


def may_be_taken_back(decision: ReviewDecision) -> bool:
    """Whether the decision was made less than UNDO_MINUTES ago."""
    return timezone.now() - decision.decided_at < datetime.timedelta(minutes=UNDO_MINUTES)


def was_second_reading(decision: ReviewDecision | None) -> bool:
    """Whether the decision before it about the same revision passed the story on."""
    if decision is None or decision.verdict == Verdict.PASSED:
        return False
    before = ReviewDecision.objects.filter(revision=decision.revision_id, pk__lt=decision.pk)
    last = before.order_by("-pk").first()
    return last is not None and last.verdict == Verdict.PASSED


def standing_approval(article: Article) -> Revision | None:
    """Returns the newest revision whose last decision is an approval; one taken back does not count."""
    heard: set[int] = set()
    decisions = ReviewDecision.objects.filter(revision__article=article.pk).select_related("revision")
    for decision in decisions.order_by("-pk"):
        if decision.revision_id not in heard and decision.verdict in PUBLISHING:
            return decision.revision
        heard.add(decision.revision_id)
    return None


def is_approved_already(article: Article, content: dict[str, Any] | None = None) -> bool:
    """Whether the working copy equals the approved revision, and that is live or waits to be released."""
    approved = article.approved_revision
    if approved is None:
        return False
    # Compare without the correction notice: it is about an earlier change.
    if words_digest(approved.content) != words_digest(content or content_of(article)):
        return False
    live = PublishedArticle.objects.live().filter(pk=article.pk, sha256=approved.sha256)
    return live.exists() or schedule.of_article(article.pk).filter(decision__revision=approved).exists()


# --- effects of the steps (`workflow`), in the same transaction -------------------------------


def record_approval(attempt: Attempt) -> None:
    """Record the approval and order the release (`due_at`, `until` of the attempt's data)."""
    article = attempt.record
    decision = _decide(attempt, Verdict.APPROVED)
    Article.objects.filter(pk=article.pk).update(approved_revision=decision.revision, review_revision=None)
    schedule.order_release(decision, attempt.data.get("due_at"), attempt.data.get("until"))


def record_pass(attempt: Attempt) -> None:
    """Record the unit's approval; the revision then waits for the Sở's desk."""
    _decide(attempt, Verdict.PASSED)


def take_decision_back(attempt: Attempt) -> None:
    """Record a new decision that takes the last one back, and show readers what they saw before it.

    Raises StepRefused when the page has changed since.
    """
    article, decision = attempt.record, last_decision(attempt.record)
    ReviewDecision.objects.create(
        revision=decision.revision,
        sha256=decision.sha256,
        verdict=Verdict.TAKEN_BACK,
        note=attempt.note,
        decided_by=attempt.actor,
        capacity=attempt.capacity,
    )
    if decision.verdict == Verdict.RETURNED:
        commenting.take_back_with(decision, by=attempt.actor)
    if decision.verdict == Verdict.APPROVED:
        schedule.cancel_releases(article.pk)
        done = decision.releases.filter(done_at__isnull=False).last()
        if done and not releasing.take_back_release(done):
            raise StepRefused(PAGE_MOVED_ON, code="stale")
        schedule.restore_pushed_releases(decision)
    Article.objects.filter(pk=article.pk).update(
        review_revision=decision.revision, approved_revision=standing_approval(article)
    )


def cancel_release(attempt: Attempt) -> None:
    """Cancel the story's waiting releases."""
    schedule.cancel_releases(attempt.record.pk)


def order_another_time(attempt: Attempt) -> None:
    """Replace the waiting release of the approved revision by one at another time."""
    decisions = ReviewDecision.objects.filter(
        revision=attempt.record.approved_revision, verdict__in=PUBLISHING
    )
    schedule.order_release(decisions.latest("pk"), attempt.data["due_at"], attempt.data.get("until"))


def record_return(attempt: Attempt) -> None:
    """Record “Trả lại” and send the comments with it."""
    commenting.send_with(_decide(attempt, Verdict.RETURNED))
    Article.objects.filter(pk=attempt.record.pk).update(review_revision=None)


def _decide(attempt: Attempt, verdict: Verdict) -> ReviewDecision:
    """Create the decision; before the decider's turn also a `BreakGlass` row with the reason."""
    revision = attempt.record.review_revision
    revision.article = attempt.record
    decision = ReviewDecision.objects.create(
        revision=revision,
        sha256=revision.sha256,
        verdict=verdict,
        note=attempt.note,
        decided_by=attempt.actor,
        capacity=attempt.capacity,
    )
    reason = attempt.data.get("early_reason", "").strip()
    # Without a reason the guard let only those through whose turn it is.
    held = STORIES.holding(attempt.record, attempt.old, by=attempt.actor) if reason else None
    if held and attempt.old == Status.IN_REVIEW and not held.turn_of(attempt.actor):
        passed_over = "; ".join(f"{p.person} ({p.title})" for turn in held.open for p in turn.positions)
        mark = BreakGlass.objects.create(decision=decision, reason=reason, passed_over=passed_over[:500])
        notices.broke_the_glass(mark, held)
    return decision

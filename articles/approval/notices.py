"""Notices about a story's steps: to the person whose turn it is, and to its writers.

Effects of the steps (`articles.approval.workflow`), in the same transaction. Each notice gives its reason;
nobody receives a notice of their own act.
"""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from approvals.engine import Attempt
from articles.approval import commenting
from articles.approval.holding import APPROVE, STORIES, about
from articles.models import Article, BreakGlass, PublishedArticle, Release, Revision, UrgentWithdrawal
from departments.access import people_who_may
from records.holding import Holding
from records.kinds import Waiting
from records.notices import Notices, Said, hour, tell_people, tell_turn

LATER = "Bài sẽ tự đăng lúc {}."


submitted = Notices(STORIES).submitted


def passed_on(attempt: Attempt) -> None:
    """Tell the Sở's desk that the story waits for a second reading, and the writers that it was passed on."""
    article = _with_revisions(attempt.record)
    (waiting,) = STORIES.list_waiting([article])
    words = f"{attempt.actor} đã duyệt và chuyển Sở đọc."
    tell_turn(waiting, 0, Said("passed_on", "Bài chờ duyệt lần hai", words))
    said = Said("passed_on", "Đơn vị đã duyệt", f"{words} Bài chưa đăng.")
    tell_writers(article.review_revision, said, attempt)


def approved(attempt: Attempt) -> None:
    """Tell the writers of an approval only when it is scheduled; `published` tells of one that is live at
    once.
    """
    if not attempt.data.get("due_at"):
        return
    waiting = Release.objects.filter(decision__revision__article=attempt.record.pk, done_at=None)
    release = waiting.filter(cancelled_at=None).last()
    if release:
        article = _with_revisions(attempt.record)
        words = f"{attempt.by} đã duyệt. {LATER.format(hour(release.due_at))}{attempt.message}"
        tell_writers(
            article.approved_revision, Said("approved", "Bài đã duyệt, hẹn giờ đăng", words), attempt
        )


def returned(attempt: Attempt) -> None:
    """Tell the writers that the story was returned, and with how many comments."""
    # The step has cleared `review_revision`; the decision was about the newest revision.
    revision = _last_revision(attempt.record)
    sent = commenting.count_sent_with(revision.decisions.latest("pk"))
    what = f"trả lại để sửa, kèm {sent} góp ý" if sent else "trả lại để sửa"
    words = f"{attempt.by} {what}.{attempt.message}"
    tell_writers(revision, Said("returned", "Bài được trả lại", words), attempt)


def taken_back(attempt: Attempt) -> None:
    """Tell the writers that the decision was taken back and the story waits again."""
    words = f"{attempt.by} đã rút lại quyết định vừa rồi; bài lại chờ duyệt."
    said = Said("taken_back", "Quyết định được rút lại", words)
    tell_writers(_with_revisions(attempt.record).review_revision, said, attempt)


def withdrawn(attempt: Attempt) -> None:
    """Tell the writers that the page was withdrawn."""
    article = Article.objects.filter(pk=attempt.record.pk).select_related("approved_revision").first()
    if article and article.approved_revision:
        words = f"{attempt.by} gỡ bài.{attempt.message}"
        tell_writers(article.approved_revision, Said("withdrawn", "Bài đã gỡ khỏi trang", words), attempt)


def put_back(attempt: Attempt) -> None:
    """Tell the writers that the withdrawal was taken back."""
    article = Article.objects.filter(pk=attempt.record.pk).select_related("approved_revision").first()
    if article and article.approved_revision:
        words = f"{attempt.by} rút lại việc gỡ; bạn đọc lại thấy đúng bản trước."
        tell_writers(article.approved_revision, Said("put_back", "Bài lại trên trang", words), attempt)


def withdrawn_urgently(row: UrgentWithdrawal, attempt: Attempt) -> None:
    """Tell everybody responsible for the unit's pages, up to the top, and the writers."""
    words = f"{attempt.by} gỡ khẩn. Lý do: {row.reason}"
    asked = f"{words} Bài đã rời trang và không tự đăng lại."
    _tell_responsible(row, Said("urgent", "Gỡ khẩn, cần người thứ hai xác nhận", asked), attempt)
    tell_writers(row.revision, Said("urgent_writers", "Bài bị gỡ khẩn", words), attempt)


def urgent_is_late(waiting: Waiting) -> int:
    """Remind everybody who may answer an urgent withdrawal (of `urgent.list_waiting`), once. Returns how
    many.
    """
    row = waiting.record
    since = hour(row.withdrawn_at)
    words = f"{row.withdrawn_by} ({row.capacity}) gỡ khẩn từ {since}, đến nay chưa ai trả lời."
    said = Said("urgent_late", "Nhắc: gỡ khẩn quá hạn xác nhận", words)
    people = _accounts(position for turn in waiting.holding.turns for position in turn.positions)
    return tell_people(people, said, waiting.notice, urgent=True, once=waiting.key)


def urgent_answered(row: UrgentWithdrawal, attempt: Attempt, what: str) -> None:
    """Tell the responsible people and the writers the answer; `what` is the act in words."""
    words = f"{attempt.by} {what}.{attempt.message}"
    said = Said("urgent_answered", "Gỡ khẩn đã có trả lời", words)
    _tell_responsible(row, said, attempt)
    tell_writers(row.revision, said, attempt)


def _tell_responsible(row: UrgentWithdrawal, said: Said, attempt: Attempt) -> None:
    unit = row.page.department_id
    people = people_who_may(APPROVE, unit).values("pk")
    withdrawing = people_who_may("articles.withdraw_publishedarticle", unit).values("pk")
    told = User.objects.filter(Q(pk__in=people) | Q(pk__in=withdrawing)).exclude(pk=attempt.actor.pk)
    tell_people(told, said, notice_of_urgent(row), urgent=True)


def notice_of_urgent(row: UrgentWithdrawal) -> dict[str, Any]:
    """Returns what a notice to those who may answer is about, with the link to the answer page."""
    address = reverse("admin:urgent_withdrawal", args=[row.page_id])
    return about(row.revision.article, row.revision, address)


def published(release: Release, page: PublishedArticle) -> None:
    """Tell the writers that readers can see the story on this page."""
    revision, decision = release.decision.revision, release.decision
    words = f"{decision.decided_by} ({decision.capacity}) đã duyệt; bạn đọc đã thấy bài."
    if decision.note:
        words += f" Lời nhắn: {decision.note}"
    people = _hands(revision).exclude(pk=decision.decided_by_id)
    _tell(people, revision, Said("published", "Bài đã đăng", words), page.get_absolute_url())


def broke_the_glass(mark: BreakGlass, held: Holding) -> None:
    """Tell the people passed over, and everybody who decides for the unit or above it."""
    decision = mark.decision
    revision = decision.revision
    unit = revision.article.department_id
    over = people_who_may(APPROVE, unit).values("pk")
    people = User.objects.filter(pk__in=over) | _accounts(p for t in held.open for p in t.positions)
    words = (
        f"{decision.decided_by} ({decision.capacity}) “{decision.get_verdict_display()}” khi bài còn "
        f"do {mark.passed_over or 'chưa ai'} giữ. Lý do ghi lại: {mark.reason}"
    )
    people = people.exclude(pk=decision.decided_by_id).distinct()
    address = reverse("admin:articles_article_past", args=[revision.article_id])
    _tell(people, revision, Said("break_glass", "Quyết định trước lượt", words), address, urgent=True)


def tell_writers(revision: Revision, said: Said, attempt: Attempt) -> None:
    """Tell everybody who wrote the revision, except the person who acted; links to the writing screen."""
    address = reverse("admin:articles_article_change", args=[revision.article_id])
    _tell(_hands(revision).exclude(pk=attempt.actor.pk), revision, said, address)


def _tell(people: Any, revision: Revision, said: Said, address: str, **more: Any) -> int:
    return tell_people(people, said, about(revision.article, revision, address), **more)


def _hands(revision: Revision) -> Any:
    """Accounts that wrote, changed or sent the revision."""
    return User.objects.filter(pk__in={*revision.editor_ids, revision.created_by_id}, is_active=True)


def _accounts(positions: Any) -> Any:
    return User.objects.filter(pk__in=[position.person.user_id for position in positions])


def _last_revision(article: Article) -> Revision:
    return Revision.objects.filter(article=article.pk).select_related("article").order_by("-number").first()


def _with_revisions(article: Article) -> Article:
    """Returns the story with its unit and its revisions, in one query."""
    rows = Article.objects.select_related(
        "department", "review_revision__article", "approved_revision__article"
    )
    return rows.get(pk=article.pk)

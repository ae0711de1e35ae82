"""The state of a story's public page: stored with a release before it changes the page."""

from typing import Any

from django.db import connection
from django.utils import timezone

from approvals.engine import StepRefused
from articles.enums import PublicState
from articles.models import PublishedArticle, Revision

# The page's columns besides its text that are stored with the release that changes it.
PAGE_STATE = (
    "state",
    "revision_number",
    "published_at",
    "updated_at",
    "corrections",
    "corrected_at",
    "until",
    "withdrawn_at",
    "withdrawal_notice",
    "hides_title",
)


def read_page_state(article_id: int) -> dict[str, Any]:
    """Returns the columns PAGE_STATE of the story's page as JSON data; {} when there is no page."""
    return page_state(PublishedArticle.objects.filter(pk=article_id).only(*PAGE_STATE).first())


def page_state(page: PublishedArticle | None) -> dict[str, Any]:
    """Returns the columns PAGE_STATE of this page as JSON data; {} without a page."""
    values = {name: getattr(page, name) for name in PAGE_STATE} if page else {}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()
    }


def lock_page(article_id: int) -> None:
    """Lock the page's row until the transaction ends. Always call it before a release is changed.

    On SQLite the transaction itself is the only one that writes.
    """
    if connection.features.has_select_for_update:
        list(PublishedArticle.objects.select_for_update().filter(pk=article_id).values("pk"))


def refuse_if_withdrawn_since(revision: Revision, page: PublishedArticle | None = None) -> None:
    """Raises StepRefused when the page was withdrawn after this revision was sent, or is under an urgent
    withdrawal that nobody has answered.

    A revision sent after the withdrawal may be published: its writer and its head saw the withdrawal. `page`
    is the story's page, if the caller has just read it; else one query is made.
    """
    page = page or PublishedArticle.objects.filter(pk=revision.article_id).without_text().first()
    if page is None:
        return
    if page.state == PublicState.SUSPENDED:
        raise StepRefused(
            "Trang của bài này đang gỡ khẩn. Người thứ hai xác nhận gỡ hoặc đăng lại xong mới duyệt được.",
            code="suspended",
        )
    if page.state == PublicState.WITHDRAWN and page.withdrawn_at and page.withdrawn_at > revision.created_at:
        raise StepRefused(
            f"Bài này đã được gỡ lúc {timezone.localtime(page.withdrawn_at):%H:%M, %d/%m/%Y}, sau khi bản "
            "này được gửi. Nếu vẫn cần đăng, người viết gửi lại bài rồi bạn duyệt bản mới.",
            code="withdrawn",
        )

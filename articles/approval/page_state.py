"""How a story's address answers now: kept with the release that changes it, asked before one does."""

from typing import Any

from django.utils import timezone

from approvals.engine import StepRefused
from articles.enums import PublicState
from articles.models import PublishedArticle, Revision

# How an address answers, besides the words: kept with the release that changes it.
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
)


def read_page_state(article_id: int) -> dict[str, Any]:
    """How the story's address answers now, as plain data; empty when it has never answered."""
    row = PublishedArticle.objects.filter(pk=article_id).values(*PAGE_STATE).first() or {}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def hold_page(article_id: int) -> None:
    """Let nobody withdraw the page until this transaction ends. Always before a release is touched."""
    list(PublishedArticle.objects.select_for_update().filter(pk=article_id).values("pk"))


def refuse_if_withdrawn_since(revision: Revision) -> None:
    """A withdrawal stands above what was written before it: those words need to be sent again. An urgent
    one that nobody has answered stands above everything.

    Raises StepRefused. Whoever sends after it knows of it, and so does whoever decides then.
    """
    pages = PublishedArticle.objects.filter(pk=revision.article_id)
    if pages.filter(state=PublicState.SUSPENDED).exists():
        raise StepRefused(
            "Trang của bài này đang gỡ khẩn. Người thứ hai xác nhận gỡ hoặc đăng lại xong mới duyệt được.",
            code="suspended",
        )
    page = pages.filter(state=PublicState.WITHDRAWN, withdrawn_at__gt=revision.created_at).first()
    if page:
        raise StepRefused(
            f"Bài này đã được gỡ lúc {timezone.localtime(page.withdrawn_at):%H:%M, %d/%m/%Y}, sau khi bản "
            "này được gửi. Nếu vẫn cần đăng, người viết gửi lại bài rồi bạn duyệt bản mới.",
            code="withdrawn",
        )

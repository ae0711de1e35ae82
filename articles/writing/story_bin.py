"""The bin for unwanted drafts, from which they can come back. A story that was ever public
cannot go there.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from approvals.engine import StepRefused
from articles.approval.holding import WAITING
from articles.models import Article, PublishedArticle, Release


def why_not(article: Article) -> str:
    """Returns why the story cannot go into the bin, in words for the person; "" when it can."""
    if PublishedArticle.objects.filter(pk=article.pk).exists():
        return "Bài đã từng đăng nên không bỏ vào thùng rác được. Muốn ẩn với bạn đọc, hãy dùng “Gỡ bài”."
    if article.status in WAITING:
        return "Bài đang chờ duyệt. Hãy “Thu lại để sửa” trước, rồi bỏ vào thùng rác."
    waiting = Release.objects.filter(decision__revision__article=article, done_at=None, cancelled_at=None)
    if waiting.exists():
        return "Bài đã duyệt và đang hẹn giờ đăng. Hãy nhờ người duyệt bỏ lịch đăng trước."
    return ""


def bin_story(article: Article, *, by: Any) -> None:
    """Put the story into the bin. Raises StepRefused when it cannot go there."""
    with transaction.atomic():
        # Locked, because somebody may submit it at this moment.
        fresh = Article.objects.select_for_update().get(pk=article.pk)
        if reason := why_not(fresh):
            raise StepRefused(reason, code="bin")
        Article.objects.filter(pk=fresh.pk).update(binned_at=timezone.now(), binned_by=by)


def take_out(article: Article) -> None:
    """Take the story out of the bin."""
    Article.objects.filter(pk=article.pk).update(binned_at=None, binned_by=None)

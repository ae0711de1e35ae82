"""The same story twice: another story with this title in this month."""

import datetime
from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from articles.approval.checks.finding import Finding, advice, rule
from articles.approval.checks.story import CheckedStory
from articles.models import Article, PublishedArticle
from foundation.language.vietnamese import fold


@rule
def same_title(story: CheckedStory) -> Iterator[Finding]:
    """Compares with public stories and with the same unit's drafts; never reveals another unit's draft."""
    key = fold(story.content["title"])
    if not key:
        return
    first = timezone.make_aware(datetime.datetime.combine(story.today.replace(day=1), datetime.time.min))
    same = (
        Article.objects.filter(binned_at=None, search_key=key[:400]).exclude(pk=story.article_id).order_by()
    )
    live = PublishedArticle.objects.live().filter(published_at__gte=first).order_by()
    own = Q(department=story.content["department"]["id"], created_at__gte=first)
    if same.filter(own | Q(pk__in=live.values("pk"))).exists():
        yield advice(
            "Tháng này đã có một bài cùng tiêu đề",
            "title",
            "Nếu là việc khác, hãy thêm nơi hoặc ngày vào tiêu đề.",
            said=story.content["title"],
        )

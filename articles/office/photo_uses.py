"""Which stories use a photo, for the photo's page."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from articles.models import Article, PublishedArticle
from media.models import Photo
from media.uses import Use, register

_MOST = 30


@register
def stories(photo: Photo, user: Any) -> Iterator[Use]:
    """Yields working copies that the person may open, and public stories of all units."""
    subjects = photo.exposures.filter(subject__startswith="article:").values_list("subject", flat=True)
    shown = {int(subject.partition(":")[2]) for subject in subjects}
    own = Article.objects.visible_to(user).filter(body__contains=f'data-photo="{photo.pk}"')[:_MOST]
    for article in own:
        url = reverse("admin:articles_article_change", args=[article.pk])
        yield Use(f"Bài “{article}”", url, article.pk in shown)
    seen = {article.pk for article in own}
    for page in PublishedArticle.objects.live().filter(pk__in=shown - seen)[:_MOST]:
        yield Use(f"Bài “{page.title}”", page.get_absolute_url(), True)

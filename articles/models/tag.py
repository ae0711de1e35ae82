"""Tags: one tag table for both sides, and a table of uses for each side."""

from django.db import models
from taggit.models import ItemBase, TagBase

from articles.models.querysets import PublishedTagQuerySet
from foundation.language.fields import NormalCharField
from foundation.language.vietnamese import slug


class Tag(TagBase):
    """A tag that readers may follow. A tag used only in drafts has no public page."""

    name = NormalCharField("tên thẻ", max_length=100, unique=True)

    class Meta:
        verbose_name = "thẻ"
        verbose_name_plural = "thẻ"
        ordering = ["name"]

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Returns the slug of a Vietnamese tag; `i` is a number appended when the slug is taken."""
        base = slug(tag) or "the"
        return base if i is None else f"{base}-{i}"


class DraftTag(ItemBase):
    """A tag on a working copy."""

    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="draft_uses")

    class Meta:
        verbose_name = "thẻ của bản đang viết"
        verbose_name_plural = "thẻ của bản đang viết"
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="draft_tagged_once")]


class PublishedTag(ItemBase):
    """A tag on a public page, with the page's time, by which the tag's list is sorted."""

    content_object = models.ForeignKey("articles.PublishedArticle", models.CASCADE, related_name="+")
    published_at = models.DateTimeField("đăng lúc", null=True, editable=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="published_uses")

    objects = PublishedTagQuerySet.as_manager()

    class Meta:
        verbose_name = "thẻ của bài đã đăng"
        verbose_name_plural = "thẻ của bài đã đăng"
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="page_tagged_once")]
        indexes = [models.Index(fields=["tag", "-published_at", "-content_object"], name="tag_newest")]

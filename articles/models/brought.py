"""Which stories were imported from another site, and where their old addresses lead."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from media.models import Photo


class ImportedStory(models.Model):
    """One post of another site that was imported as a story. A post is imported only once."""

    # “host#number”: a post's number is unique on its site and never changes.
    origin = models.CharField("bài ở trang cũ", max_length=200, unique=True)
    article = models.OneToOneField(
        "articles.Article", models.PROTECT, related_name="+", verbose_name="bài viết"
    )
    address = models.CharField("địa chỉ cũ", max_length=500, blank=True)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhập"
    )
    brought_at = models.DateTimeField("nhập lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bài nhập từ trang cũ"
        verbose_name_plural = "bài nhập từ trang cũ"

    def __str__(self) -> str:
        return self.origin


class OldAddress(models.Model):
    """An address of the old site (as written by `public.old_addresses.key`) and its target here.

    `story_id` is the id shared by page and working copy; public code looks up the page.
    """

    path = models.CharField("địa chỉ cũ", max_length=400, unique=True)
    story_id = models.PositiveBigIntegerField("bài", null=True)
    section = models.ForeignKey(
        "articles.Section", models.CASCADE, null=True, related_name="+", verbose_name="chuyên mục"
    )
    tag = models.ForeignKey("articles.Tag", models.CASCADE, null=True, related_name="+", verbose_name="thẻ")
    photo = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="+", verbose_name="ảnh")

    class Meta:
        verbose_name = "địa chỉ cũ"
        verbose_name_plural = "địa chỉ cũ"
        constraints = [
            models.CheckConstraint(
                name="old_address_leads_to_one_thing",
                condition=Q(story_id__isnull=False, section=None, tag=None, photo=None)
                | Q(story_id=None, section__isnull=False, tag=None, photo=None)
                | Q(story_id=None, section=None, tag__isnull=False, photo=None)
                | Q(story_id=None, section=None, tag=None, photo__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.path

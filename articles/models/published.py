"""What readers see: one row for each story, written by a release. Public code reads only this."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString
from taggit.managers import TaggableManager

from articles.enums import ArticleKind, CorrectionKind, PublicState
from articles.models.article import Section
from articles.models.querysets import PublishedQuerySet
from articles.models.tag import PublishedTag
from articles.text.body import trusted
from awards.models import Decision
from departments.models import Department
from departments.public.doors import unit_door
from events.models import Event
from foundation.language.fields import NormalTextField
from foundation.paging.addresses import address_of
from media.models import Pupil


class PublishedArticle(models.Model):
    """The public page of a story, rendered and cleaned when it was released.

    The primary key is the article's, so the address still works when title and slug change. Only a live row
    has text; a withdrawn, ended or taken-back row is emptied (`releasing.TEXTLESS`).
    """

    id = models.PositiveBigIntegerField(primary_key=True)
    state = models.CharField("tình trạng", max_length=10, choices=PublicState, editable=False)
    kind = models.CharField("thể loại", max_length=12, choices=ArticleKind)
    version = models.PositiveIntegerField(default=1, editable=False)
    revision_number = models.PositiveIntegerField("bản số")
    sha256 = models.CharField("mã băm", max_length=64)
    slug = models.CharField(max_length=100, blank=True)
    title = models.CharField("tiêu đề", max_length=200)
    lead = models.TextField("sapo", blank=True)
    source_mark = models.CharField("nguồn", max_length=40, blank=True)
    body_html = models.TextField("nội dung")
    section = models.ForeignKey(
        Section, models.PROTECT, related_name="published_articles", verbose_name="chuyên mục"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="published_articles", verbose_name="đơn vị"
    )
    department_name = models.CharField("tên đơn vị khi đăng", max_length=200)
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, related_name="published_articles", verbose_name="sự kiện"
    )
    commendation_decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, related_name="published_articles", verbose_name="khen thưởng"
    )
    hero = models.JSONField(null=True)  # the opening figure, shown above the text
    card_photo = models.JSONField(null=True)  # what a card needs to show the photo without a query
    bylines = models.JSONField(default=list)
    tag_names = models.JSONField(default=list)  # [[name, slug], …]
    tags = TaggableManager("thẻ", blank=True, through=PublishedTag)
    # Pupils whom the released text names or would name with consent: a change of consent redraws the page.
    pupils = models.ManyToManyField(Pupil, related_name="+", blank=True, editable=False)
    # Newest first: [{"kind", "label", "notice", "at", "revision"}, …] (`approval.corrections.entry`).
    corrections = models.JSONField(default=list)
    corrected_at = models.DateTimeField(null=True)
    reading_minutes = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField("đăng lúc")
    updated_at = models.DateTimeField("cập nhật lúc")
    until = models.DateTimeField("đăng đến", null=True)
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True)
    withdrawal_notice = NormalTextField("thông báo gỡ", blank=True)
    # Withdrawn for a person's privacy: no public answer repeats the title, which may name the person.
    hides_title = models.BooleanField("không nhắc lại tiêu đề", default=False, editable=False)

    objects = PublishedQuerySet.as_manager()

    owner_field = "department_id"  # the unit that owns the story (departments.access)

    class Meta:
        verbose_name = "bài đã đăng"
        verbose_name_plural = "bài đã đăng"
        ordering = ["-published_at", "-pk"]
        permissions = [("withdraw_publishedarticle", "Gỡ bài")]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], name="live_newest", condition=models.Q(state="live")
            ),
            models.Index(
                fields=["section", "-published_at", "-id"],
                name="live_in_section",
                condition=models.Q(state="live"),
            ),
            models.Index(
                fields=["department", "-published_at", "-id"],
                name="live_of_unit",
                condition=models.Q(state="live"),
            ),
            models.Index(
                fields=["-corrected_at", "-id"],
                name="live_corrected",
                condition=models.Q(state="live", corrected_at__isnull=False),
            ),
            models.Index(fields=["-published_at", "-id"], name="page_newest"),  # the office's register
            models.Index(fields=["until"], name="live_until", condition=models.Q(state="live")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def body(self) -> SafeString:
        """The released text. Safe to render: cleaned and drawn by `articles.text`."""
        return trusted(self.body_html)

    @property
    def notices(self) -> list[dict[str, Any]]:
        """Changes since the first publication, newest first: {"kind", "label", "notice", "at", "is_wrong",
        …}.
        """
        return [
            told | {"at": parse_datetime(told["at"]), "is_wrong": told["kind"] != CorrectionKind.UPDATE}
            for told in self.corrections
        ]

    def get_absolute_url(self) -> str:
        return story_address(self.slug, self.pk)

    # What a card reads: templates/_components use attributes and know no models.

    @property
    def card(self) -> dict[str, Any]:
        """The attributes that the card component reads."""
        names = ("url", "title", "lead", "source_mark", "department_name", "department_url", "published_at")
        return {name: getattr(self, name) for name in (*names, "photo", "section_name", "section_url")}

    @property
    def url(self) -> str:
        return self.get_absolute_url()

    @property
    def photo(self) -> dict[str, Any] | None:
        return self.card_photo

    @property
    def department_url(self) -> str:
        return unit_door(self.department_id, timezone.localdate(self.published_at))

    @property
    def section_name(self) -> str:
        return self.section.name

    @property
    def section_url(self) -> str:
        return section_address(self.section.slug)


def story_address(slug: str, pk: int) -> str:
    """Returns the story's URL path, in the form that `articles.urls.STORY` matches.

    `reverse` takes 40 µs, and a list needs twenty of them.
    """
    return f"/bai-viet/{slug}-{pk}/" if slug else f"/bai-viet/{pk}/"


def section_address(slug: str) -> str:
    """Returns the section's URL path."""
    return address_of("articles:section_detail", slug)


def tag_address(slug: str) -> str:
    """Returns the tag's URL path."""
    return address_of("articles:tag_detail", slug)

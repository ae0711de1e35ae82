"""A story's identity and its working copy. Staff only: no public module imports this one."""

from django.conf import settings
from django.db import models
from taggit.managers import TaggableManager

from articles.enums import ArticleKind, BylineRole, CorrectionKind, Status
from articles.models.querysets import ArticleQuerySet
from articles.models.tag import DraftTag
from awards.models import Decision
from departments.models import Department, Person
from events.models import Event
from foundation.language.fields import DerivedField, MarkupField, NormalCharField, NormalTextField
from foundation.language.vietnamese import fold
from foundation.paging.addresses import address_of


class Section(models.Model):
    """A section of the site (chuyên mục)."""

    name = NormalCharField("tên chuyên mục", max_length=80, unique=True)
    slug = models.SlugField("địa chỉ", max_length=80, unique=True)
    description = NormalTextField("giới thiệu", blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=10)
    in_navigation = models.BooleanField("hiện trên thanh chuyên mục", default=True)
    on_front_page = models.BooleanField("có khối trên trang chủ", default=False)

    class Meta:
        verbose_name = "chuyên mục"
        verbose_name_plural = "chuyên mục"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("articles:section_detail", self.slug)


class Article(models.Model):
    """The story's identity and working copy. `status` changes only through `approval.workflow`.

    Saving changes nothing that readers see: a submission freezes a `Revision`, a head decides about that
    revision's digest, and a `Release` writes the `PublishedArticle` with the same primary key.
    """

    kind = models.CharField("thể loại", max_length=12, choices=ArticleKind, default=ArticleKind.ACTIVITY)
    title = NormalCharField("tiêu đề", max_length=200, blank=True)
    slug = models.SlugField("địa chỉ trang", max_length=100, blank=True)
    lead = NormalTextField("sapo", blank=True)
    source_mark = NormalCharField(
        "nguồn", max_length=40, blank=True, help_text="Mở đầu sapo, ví dụ GD&TĐ. Không gõ lại trong sapo."
    )
    body = MarkupField("nội dung", blank=True)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chuyên mục"
    )
    # No index of its own: the one of the newest of a unit serves, and SQLite would prefer the narrower.
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị"
    )
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="sự kiện"
    )
    commendation_decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="khen thưởng"
    )
    tags = TaggableManager("thẻ", blank=True, through=DraftTag, help_text="Cách nhau bằng dấu phẩy.")
    status = models.CharField(
        "trạng thái", max_length=12, choices=Status, default=Status.DRAFTING, editable=False
    )
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    # Counts saves of the working copy, so that a second save never silently overwrites the first.
    draft_number = models.PositiveIntegerField("lần lưu", default=1, editable=False)
    review_revision = models.ForeignKey(
        "articles.Revision",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="bản đang chờ duyệt",
    )
    approved_revision = models.ForeignKey(
        "articles.Revision",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="bản đã duyệt",
    )
    submitted_at = models.DateTimeField("gửi duyệt lúc", null=True, editable=False)
    # The desk's plan, for its calendar only. Only a `Release` publishes a story.
    planned_on = models.DateField("ngày dự kiến đăng", null=True, blank=True)
    embargo_until = models.DateTimeField("không đăng trước", null=True, blank=True)
    # For a public story: the kind of this change, and the notice to readers (for a typo: the reason).
    correction_kind = models.CharField("lần sửa này là", max_length=8, choices=CorrectionKind, blank=True)
    correction_note = NormalTextField("thông báo với bạn đọc", max_length=600, blank=True)
    # Made by the writing screen, so that one screen never creates two stories when a response was lost.
    client_key = models.CharField(max_length=36, null=True, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="người tạo"
    )
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    saved_at = models.DateTimeField("lưu lúc", auto_now=True)
    # In the bin: shown only in the bin's list; nothing is deleted.
    binned_at = models.DateTimeField("bỏ vào thùng rác lúc", null=True, editable=False)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người bỏ",
    )
    search_key = DerivedField(source="title", derive=fold)

    objects = ArticleQuerySet.as_manager()

    owner_field = "department_id"  # the unit that owns the story (departments.access)

    class Meta:
        verbose_name = "bài viết"
        verbose_name_plural = "bài viết"
        ordering = ["-saved_at", "-pk"]
        permissions = [
            ("submit_article", "Gửi duyệt"),
            ("approve_article", "Duyệt bài"),
            ("send_back_article", "Trả lại bài"),
            ("second_read_article", "Duyệt lần hai"),
            ("audit_article", "Đọc mọi bản nháp"),
            ("import_article", "Nhập bài từ trang cũ"),
        ]
        indexes = [
            models.Index(fields=["status", "submitted_at"]),
            models.Index(fields=["search_key"], name="article_same_title"),
            models.Index(fields=["department", "-saved_at", "-id"], name="article_newest_of_unit"),
            # What is being written or waits, among the thousands that are done: queries say `unfinished()`.
            models.Index(
                fields=["department", "-saved_at", "-id"],
                name="article_unfinished",
                condition=~models.Q(status=Status.APPROVED),
            ),
            models.Index(
                fields=["planned_on"], name="article_planned", condition=models.Q(planned_on__isnull=False)
            ),
            models.Index(
                fields=["-saved_at", "-id"], name="article_newest", condition=models.Q(binned_at=None)
            ),
            models.Index(
                fields=["status", "-saved_at", "-id"],
                name="article_newest_of_status",
                condition=models.Q(binned_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title or "(chưa có tiêu đề)"


class ArticleByline(models.Model):
    """One name under a story, in order. Freezing takes the unit's name as of that day."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines", verbose_name="bài viết")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trong danh bạ"
    )
    name = NormalCharField("tên ghi dưới bài", max_length=150)
    role = models.CharField("phần việc", max_length=16, choices=BylineRole, default=BylineRole.TEXT)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "người viết"
        verbose_name_plural = "người viết"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class WorkingEdit(models.Model):
    """Who has edited the working copy, and when last: nobody may approve their own text."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="working_edits", verbose_name="bài viết"
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người sửa"
    )
    edited_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        verbose_name = "lần sửa"
        verbose_name_plural = "các lần sửa"
        constraints = [models.UniqueConstraint(fields=["article", "editor"], name="one_row_an_editor")]
        indexes = [models.Index(fields=["editor", "-edited_at"], name="last_edited_by")]

    def __str__(self) -> str:
        return f"{self.editor_id} sửa bài {self.article_id}"


class Presence(models.Model):
    """Who has the writing screen of a story open; the screen reports it every 20 seconds."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+", verbose_name="bài viết")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người")
    seen_at = models.DateTimeField("còn mở lúc", auto_now=True)

    class Meta:
        verbose_name = "người đang mở bài"
        verbose_name_plural = "những người đang mở bài"
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="one_presence_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id} đang mở bài {self.article_id}"

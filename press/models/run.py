"""Print runs, the words of single sheets, and who read them. Knows records by content type alone."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from departments.models import Department
from foundation.language.fields import NormalCharField, NormalTextField
from press.enums import Purpose


class AboutRecord(models.Model):
    """A row about a record whose subject this room does not know."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)

    class Meta:
        abstract = True


class AboutRecordQuerySet(models.QuerySet):
    """Rows about records."""

    def about(self, record: models.Model) -> "AboutRecordQuerySet":
        kind = ContentType.objects.get_for_model(record)
        return self.filter(content_type=kind, object_id=record.pk)


class PrintRun(AboutRecord):
    """Sheets that somebody asked for: frozen as they were asked for, drawn by the worker, deleted later.

    The row stays as a line of the log of prints when its files and words are deleted.
    """

    subject = models.CharField("dùng cho", max_length=40, editable=False)
    title = NormalCharField("nội dung", max_length=250, editable=False)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name="đơn vị", editable=False
    )
    template_name = NormalCharField("mẫu", max_length=120, editable=False)
    printer_name = NormalCharField("máy in", max_length=80, blank=True, editable=False)
    purpose = models.CharField("mục đích", max_length=8, choices=Purpose, editable=False)
    on_stock = models.BooleanField("chỉ in chữ lên phôi", default=False, editable=False)
    reason = NormalTextField("lý do in lại", max_length=500, blank=True, editable=False)
    keys = models.JSONField("các tờ", default=list, editable=False)
    # What is drawn: boxes and words. Empty once the files are deleted.
    job = models.JSONField(default=dict, editable=False)
    background = models.CharField(max_length=200, blank=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người in", editable=False
    )
    asked_at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    done = models.PositiveIntegerField("đã dựng", default=0, editable=False)
    # The worker that draws writes here every few seconds; one that was killed falls silent.
    beat_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField("xong lúc", null=True, editable=False)
    failure = NormalTextField("vì sao hỏng", blank=True, editable=False)
    # Boxes whose words shrank or took more lines: a person looks at these.
    notes = models.JSONField(default=list, editable=False)
    whole = models.CharField("tệp cả tập", max_length=200, blank=True, editable=False)
    singles = models.CharField("tệp từng tờ", max_length=200, blank=True, editable=False)
    taken_at = models.DateTimeField("tải lần đầu lúc", null=True, editable=False)
    files_deleted_at = models.DateTimeField("đã xóa tệp lúc", null=True, editable=False)

    objects = AboutRecordQuerySet.as_manager()

    owner_field = "department_id"  # the unit that owns the record (departments.access)

    class Meta:
        verbose_name = "lần in"
        verbose_name_plural = "các lần in"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-id"], name="runs_of_a_record"),
            models.Index(fields=["id"], name="runs_to_draw", condition=Q(finished_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.asked_at:%d/%m/%Y}"

    @property
    def total(self) -> int:
        return len(self.keys)

    @property
    def has_files(self) -> bool:
        return bool(self.whole) and self.files_deleted_at is None


class SheetWords(AboutRecord):
    """The words of one sheet where they differ from the register: a name as printed, lines as broken."""

    subject = models.CharField(max_length=40, editable=False)
    words = models.JSONField("chữ trên tờ", default=dict)  # by field; a field that is not here is unchanged
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người sửa", editable=False
    )
    # Everybody who ever changed them, the last one too.
    writers: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name="những người đã sửa", editable=False
    )

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "chữ trên tờ"
        verbose_name_plural = "chữ trên các tờ"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "content_type", "object_id"], name="one_set_of_words_a_sheet"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(map(str, self.words.values()))


class ProofReading(AboutRecord):
    """Somebody read the words of these sheets and found them right: a digest of the words of each sheet."""

    subject = models.CharField(max_length=40, editable=False)
    digests: Any = models.JSONField("các tờ đã đọc", default=dict, editable=False)  # sheet → digest
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đọc", editable=False
    )
    read_at = models.DateTimeField("lúc", default=timezone.now, editable=False)

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "lần đọc bản bông"
        verbose_name_plural = "các lần đọc bản bông"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="readings_of_a_record")]

    def __str__(self) -> str:
        return f"{len(self.digests)} tờ, {self.read_by}"

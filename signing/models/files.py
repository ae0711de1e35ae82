"""Files given out to be signed, what came back, uploads that wait. Knows records by content type alone."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from approvals.insert_only import InsertOnly, InsertOnlyQuerySet
from foundation.language.fields import NormalCharField


class AboutRecordQuerySet(models.QuerySet):
    """Rows about records."""

    def about(self, record: models.Model) -> "AboutRecordQuerySet":
        """Joins the kind of the record, so that a reader's page asks once whatever is cached."""
        opts = getattr(record, "_meta")  # noqa: B009 (Django's public API behind an underscore)
        kind = {"content_type__app_label": opts.app_label, "content_type__model": opts.model_name}
        return self.filter(object_id=record.pk, **kind)


class OfRow(models.Model):
    """A file of one row of a record: a giấy khen of a decision. A document is its own row."""

    subject = models.CharField(max_length=40, editable=False)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    row = models.PositiveBigIntegerField(editable=False)
    # A digest of what the record said of this row; another digest today: the file is not of today.
    said = models.CharField(max_length=64, editable=False)
    stored = models.CharField("tệp", max_length=200, editable=False)
    length = models.PositiveIntegerField("độ dài", editable=False)
    digest = models.CharField("SHA-256", max_length=64, editable=False, db_index=True)

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        abstract = True


class HandOff(OfRow):
    """A file frozen and given out to be signed; what comes back must begin with exactly these bytes."""

    name = NormalCharField("của", max_length=200, editable=False)
    # [page, left, bottom, right, top] in points: where no stamp may stand.
    clear: Any = models.JSONField(default=list, editable=False)
    person = NormalCharField("người phải ký", max_length=200, editable=False)
    agency = NormalCharField("cơ quan phải ký", max_length=200, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người giao", editable=False
    )
    made_at = models.DateTimeField("giao lúc", default=timezone.now, editable=False)
    ended_at = models.DateTimeField("thôi chờ lúc", null=True, editable=False)

    class Meta:
        verbose_name = "tệp giao ký số"
        verbose_name_plural = "các tệp giao ký số"
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "id"], name="hand_offs_of_a_record")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "content_type", "object_id", "row"],
                condition=Q(ended_at=None),
                name="one_hand_off_waits",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SignedFileQuerySet(AboutRecordQuerySet, InsertOnlyQuerySet):
    """Signed files, never changed."""


class SignedFile(OfRow, InsertOnly):
    """A signed file that passed every check: who signed, below which chain, when it was checked."""

    hand_off = models.ForeignKey(HandOff, models.PROTECT, null=True, related_name="signed", editable=False)
    signatures: Any = models.JSONField(default=list, editable=False)
    chain: Any = models.JSONField(default=list, editable=False)  # certificates, base64 DER
    is_trial = models.BooleanField("chữ ký thử", default=False, editable=False)
    revocation_checked = models.BooleanField("đã kiểm tra thu hồi", default=False, editable=False)
    checked_at = models.DateTimeField("kiểm tra lúc", default=timezone.now, editable=False)
    taken_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhận", editable=False
    )

    objects = SignedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp đã ký số"
        verbose_name_plural = "các tệp đã ký số"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "row", "-id"], name="signed_of_a_row")]

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def signers(self) -> str:
        """“Lê Thị Thanh Xuân; Sở Giáo dục và Đào tạo”."""
        return "; ".join(one["name"] for one in self.signatures)


class Intake(models.Model):
    """An upload of signed files that waits for its check, and what was found; the upload goes when done."""

    subject = models.CharField(max_length=40, editable=False)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", editable=False)
    object_id = models.PositiveBigIntegerField(editable=False)
    stored = models.CharField(max_length=200, blank=True, editable=False)
    file_name = NormalCharField("tệp", max_length=150, editable=False)
    names: Any = models.JSONField(default=list, editable=False)  # of the files inside
    done = models.PositiveIntegerField("đã kiểm tra", default=0, editable=False)
    # [{"name", "of", "problem"}], in the order of the files.
    results: Any = models.JSONField(default=list, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi", editable=False
    )
    sent_at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    beat_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField("xong lúc", null=True, editable=False)

    objects = AboutRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhận tệp ký số"
        verbose_name_plural = "các lần nhận tệp ký số"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-id"], name="intakes_of_a_record"),
            models.Index(fields=["id"], name="intakes_to_check", condition=Q(finished_at=None)),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def total(self) -> int:
        return len(self.names)

    @property
    def accepted(self) -> int:
        return sum(not one["problem"] for one in self.results)

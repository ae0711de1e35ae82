"""Who came: the sittings of an event, and every scan of every gate."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from foundation.language.fields import NormalCharField
from training.enums import ScanKind
from training.models.enrolment import Enrolment
from training.models.participant import Participant


class Sitting(models.Model):
    """One part of an event at which people are counted on their own: a morning, an afternoon."""

    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="sittings", verbose_name="đợt đăng ký"
    )
    label = NormalCharField("buổi", max_length=60)
    starts_at = models.DateTimeField("bắt đầu")
    hours = models.DecimalField(
        "số giờ nội dung",
        max_digits=4,
        decimal_places=1,
        default=4,
        validators=[MinValueValidator(0), MaxValueValidator(24)],
    )

    class Meta:
        verbose_name = "buổi"
        verbose_name_plural = "các buổi"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "label"],
                name="a_sitting_is_named_once",
                violation_error_message="Đã có buổi tên này.",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Scan(models.Model):
    """One scan as a gate sent it. None is ever joined or deleted: who came when is counted from all of them.

    `key` is made by the gate, so that a scan sent twice is one row. A code that nobody has is kept as typed.
    """

    key = models.UUIDField("khóa", unique=True, default=uuid.uuid4, editable=False)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="scans", verbose_name="buổi")
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="scans", verbose_name="người dự"
    )
    code = models.CharField("mã lạ", max_length=40, blank=True)
    kind = models.CharField("cách ghi", max_length=6, choices=ScanKind)
    gate = NormalCharField("cổng", max_length=40)
    at = models.DateTimeField("lúc")
    received_at = models.DateTimeField("nhận lúc", auto_now_add=True)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đứng cổng"
    )

    class Meta:
        verbose_name = "lượt quét"
        verbose_name_plural = "các lượt quét"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.participant or self.code}, {self.gate}"

"""What happens after the signature: the awards are handed over; what was annulled comes back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from awards.models.commendation import Commendation
from awards.models.decision import Decision
from events.models import Event
from foundation.language.fields import NormalCharField, NormalTextField
from foundation.language.numbers import format_number
from media.models import Photo


class Presentation(models.Model):
    """The awards of a decision were handed over: when, at which event, by whom."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="presentations", verbose_name="quyết định", editable=False
    )
    held_on = models.DateField("ngày trao")
    event = models.ForeignKey(
        Event,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="presentations",
        verbose_name="tại sự kiện",
    )
    handed_by = NormalCharField(
        "người trao", max_length=200, help_text="Họ tên, chức danh hôm đó, như đọc ở lễ."
    )
    photo = models.ForeignKey(
        Photo, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="ảnh lúc trao"
    )
    note = NormalTextField("ghi chú", max_length=500, blank=True, help_text="Ví dụ: ai vắng, ai nhận thay.")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi", editable=False
    )
    noted_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "lần trao"
        verbose_name_plural = "các lần trao"
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "held_on", "handed_by"],
                name="one_presentation_once",
                violation_error_message="Lần trao này đã ghi.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y}, {self.handed_by}"


class Refund(models.Model):
    """What came back of an annulled award (Luật 06/2022/QH15, chương VII): the sheet, the money."""

    commendation = models.OneToOneField(
        Commendation, models.PROTECT, related_name="refund", verbose_name="lượt khen", editable=False
    )
    sheet_on = models.DateField("nhận lại giấy ngày", null=True, blank=True)
    amount = models.PositiveIntegerField("số tiền đã nộp lại (đồng)", null=True, blank=True)
    money_on = models.DateField("nộp tiền ngày", null=True, blank=True)
    note = NormalTextField("ghi chú", max_length=500, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi", editable=False
    )
    noted_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "lần thu hồi giấy, tiền"
        verbose_name_plural = "các lần thu hồi giấy, tiền"
        constraints = [
            models.CheckConstraint(
                name="money_came_on_a_day",
                condition=Q(amount=None, money_on=None) | Q(amount__isnull=False, money_on__isnull=False),
                violation_error_message="Số tiền nộp lại và ngày nộp ghi cùng nhau.",
            )
        ]

    def __str__(self) -> str:
        return str(self.commendation)

    @property
    def written_amount(self) -> str:
        return "" if self.amount is None else format_number(self.amount, unit="dong")

"""The sheet of a month as it was prepared: who gets what. Insert-only, so what was paid stays readable."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from approvals.insert_only import InsertOnly, InsertOnlyQuerySet
from fees.enums import MonthStatus, Relation
from fees.models.month import FeeMonth
from fees.models.payee import Payee


class PaySheet(InsertOnly):
    """One preparation of a month; after a return the next one has the next number."""

    month = models.ForeignKey(FeeMonth, models.PROTECT, related_name="sheets", verbose_name="tháng")
    number = models.PositiveIntegerField("lần lập")
    paid_on = models.DateField("ngày chi")
    tax_document = models.CharField("căn cứ khấu trừ thuế", max_length=200)
    gross = models.PositiveBigIntegerField("tổng")
    tax = models.PositiveBigIntegerField("thuế")
    net = models.PositiveBigIntegerField("thực nhận")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập"
    )
    made_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bảng kê nhuận bút"
        verbose_name_plural = "các bảng kê nhuận bút"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["month", "number"], name="fee_sheet_numbered_once"),
            models.CheckConstraint(name="fee_sheet_adds_up", condition=Q(gross=F("tax") + F("net"))),
        ]

    def __str__(self) -> str:
        return f"{self.month}, lần lập {self.number}"


class PayLineQuerySet(InsertOnlyQuerySet):
    """Lines, by who may see them."""

    def own(self, person_id: int) -> "PayLineQuerySet":
        """Return what was approved for this person, of the sheet that counts."""
        shown = (MonthStatus.APPROVED, MonthStatus.CLOSED)
        mine = self.filter(payee__person=person_id, sheet=F("sheet__month__sheet"))
        return mine.filter(sheet__month__status__in=shown).order_by("-sheet__month__first_day", "-pk")


class PayLine(InsertOnly):
    """What one payee gets in one payment, and of which works; numbers stay encrypted."""

    sheet = models.ForeignKey(PaySheet, models.PROTECT, related_name="lines", verbose_name="bảng kê")
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="lines", verbose_name="người nhận")
    full_name = models.CharField("họ tên", max_length=310)
    unit_name = models.CharField("đơn vị", max_length=200, blank=True)
    relation = models.CharField("quan hệ", max_length=12, choices=Relation)
    fees = models.PositiveBigIntegerField("nhuận bút")
    encouragement = models.PositiveBigIntegerField("khuyến khích")
    corrections = models.BigIntegerField("điều chỉnh")
    gross = models.PositiveBigIntegerField("cộng")
    tax = models.PositiveBigIntegerField("thuế")
    net = models.PositiveBigIntegerField("thực nhận")
    tax_words = models.CharField("vì sao", max_length=300)
    works = models.JSONField("tác phẩm", default=list)  # the shape of `fees.sheet.work_words`
    bank_name = models.CharField("ngân hàng", max_length=120, blank=True)
    tax_number_cipher = models.TextField(blank=True)
    bank_account_cipher = models.TextField(blank=True)

    objects = PayLineQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng của bảng kê"
        verbose_name_plural = "các dòng của bảng kê"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "payee"], name="one_fee_line_a_payee"),
            models.CheckConstraint(
                name="fee_line_adds_up",
                condition=Q(gross=F("fees") + F("encouragement") + F("corrections"))
                & Q(gross=F("tax") + F("net")),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

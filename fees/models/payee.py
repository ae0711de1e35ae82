"""Who pays, who is paid, and what the tax needs to know of them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from departments.lineage import closed_words
from departments.models import Department, Person
from fees.enums import Relation
from fees.querysets import OwnedQuerySet
from foundation.language.fields import DerivedField, NormalCharField
from foundation.language.searching import search_text
from foundation.language.vietnamese import name_sort_key


class Payer(models.Model):
    """The unit that pays fees; the room is there while one of them is switched on."""

    department = models.OneToOneField(
        Department, models.PROTECT, related_name="+", verbose_name="cơ quan chi nhuận bút"
    )
    is_on = models.BooleanField(
        "đang chi nhuận bút",
        default=False,
        help_text="Bật thì mục Nhuận bút hiện ra cho thư ký tòa soạn, kế toán, thủ trưởng; tắt thì mọi trang "
        "của mục ấy không còn, số liệu vẫn giữ.",
    )

    owner_field = "department_id"  # departments.access

    class Meta:
        verbose_name = "cơ quan chi nhuận bút"
        verbose_name_plural = "nhuận bút: bật, tắt"
        constraints = [
            models.UniqueConstraint(
                fields=["is_on"],
                condition=Q(is_on=True),
                name="one_payer_is_on",
                violation_error_message="Một cơ quan khác đang chi nhuận bút: tắt cơ quan ấy trước.",
            )
        ]

    def __str__(self) -> str:
        return str(self.department)

    def clean(self) -> None:
        """Check that a unit that begins to pay is open today."""
        super().clean()
        today = timezone.localdate()
        if self.is_on and self.department_id:
            if not self.department.is_open_on(today):
                raise ValidationError({"is_on": closed_words(self.department, today)})


class Payee(models.Model):
    """A person to be paid. Numbers are stored encrypted and read through `fees.numbers` alone."""

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="payees", editable=False)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trong danh bạ",
        help_text="Có trong danh bạ thì người ấy tự xem được phần của mình.",
    )
    full_name = NormalCharField("họ và tên theo giấy tờ", max_length=150)
    pen_name = NormalCharField("bút danh", max_length=150, blank=True)
    unit_name = NormalCharField("đơn vị, địa chỉ", max_length=200, blank=True)
    relation = models.CharField("quan hệ với cơ quan chi", max_length=12, choices=Relation, blank=True)
    asks_withholding = models.BooleanField("người nhận đề nghị khấu trừ cả khi dưới ngưỡng", default=False)
    bank_name = NormalCharField("ngân hàng", max_length=120, blank=True)
    tax_number_cipher = models.TextField(blank=True, editable=False)
    bank_account_cipher = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    sort_key = DerivedField(source="full_name", derive=name_sort_key)
    search_key = DerivedField(source="full_name", derive=search_text)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "người nhận nhuận bút"
        verbose_name_plural = "người nhận nhuận bút"
        ordering = ["sort_key", "pk"]
        permissions = [("read_numbers_payee", "Đọc mã số thuế, số tài khoản của người nhận nhuận bút")]
        constraints = [
            models.UniqueConstraint(
                fields=["payer", "person"],
                name="person_is_a_payee_once",
                violation_error_message="Người này đã có trong danh sách người nhận.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.pen_name})" if self.pen_name else self.full_name

    @property
    def has_tax_number(self) -> bool:
        return bool(self.tax_number_cipher)

    @property
    def has_bank_account(self) -> bool:
        return bool(self.bank_account_cipher)


class Commitment(models.Model):
    """The form of one year (bản cam kết) by which a payee outside asks that no tax be held back."""

    payee = models.ForeignKey(
        Payee, models.PROTECT, related_name="commitments", verbose_name="người nhận", editable=False
    )
    year = models.PositiveSmallIntegerField(
        "cho năm", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    signed_on = models.DateField("ký ngày")
    document = NormalCharField("số, nơi lưu bản giấy", max_length=200, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="người ghi"
    )

    class Meta:
        verbose_name = "bản cam kết"
        verbose_name_plural = "các bản cam kết"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["payee", "year"], name="one_commitment_a_year"),
        ]

    def __str__(self) -> str:
        return f"Bản cam kết năm {self.year}"

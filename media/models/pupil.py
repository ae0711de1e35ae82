"""Pupils in pictures and stories, and the consent that they and their families gave.

Luật Bảo vệ dữ liệu cá nhân 2025 (Điều 24) and Nghị định 356/2025/NĐ-CP: consent says what it covers, is never
presumed, and can be withdrawn at any time.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from departments.models import Department
from foundation.language.fields import DerivedField, NormalCharField
from foundation.language.searching import search_text
from media.enums import GIVERS, AgeBand, Medium
from media.querysets import PupilQuerySet


class Pupil(models.Model):
    """One pupil of the consent book: who, what age, who consented to what, from when to when."""

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="pupils", verbose_name="đơn vị giữ phiếu"
    )
    name = NormalCharField("họ và tên", max_length=100)
    class_name = NormalCharField("lớp", max_length=60, blank=True, help_text="Ví dụ: 5A; 10A1.")
    age_band = models.CharField("độ tuổi", max_length=8, choices=AgeBand)
    covers_picture = models.BooleanField("đăng ảnh", default=False)
    covers_name = models.BooleanField("nêu họ tên", default=False)
    covers_result = models.BooleanField("nêu thành tích, kết quả học tập", default=False)
    covers_ethnic_group = models.BooleanField("nêu thành phần dân tộc", default=False)
    pupil_agreed_on = models.DateField("học sinh đồng ý ngày", null=True, blank=True)
    guardian_agreed_on = models.DateField("cha mẹ, người giám hộ đồng ý ngày", null=True, blank=True)
    guardian_name = NormalCharField("họ tên cha, mẹ, người giám hộ", max_length=100, blank=True)
    medium = models.CharField("hình thức", max_length=5, choices=Medium, default=Medium.PAPER)
    until = models.DateField("có hiệu lực đến hết ngày", null=True, blank=True)
    withdrawn_on = models.DateField(
        "rút lại ngày",
        null=True,
        blank=True,
        help_text="Ghi ngày là tên và ảnh của em rời khỏi mọi trang công khai ngay khi lưu.",
    )
    withdrawal_note = NormalCharField("ai báo rút, bằng cách nào", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="người ghi"
    )
    # Whether the pages rendered last name the pupil; NULL before such pages were looked for.
    is_named = models.BooleanField(null=True, editable=False)
    # The same for the register of commendations.
    is_listed = models.BooleanField(null=True, editable=False)
    search_key = DerivedField(source="name", derive=search_text, max_length=150)

    objects = PupilQuerySet.as_manager()

    owner_field = "department_id"  # the unit that owns the row: departments.access

    class Meta:
        verbose_name = "học sinh"
        verbose_name_plural = "sổ đồng ý của học sinh"
        ordering = ["search_key", "pk"]
        indexes = [models.Index(fields=["search_key"])]

    def __str__(self) -> str:
        return f"{self.name} (lớp {self.class_name})" if self.class_name else self.name

    def clean(self) -> None:
        super().clean()
        today = timezone.localdate()
        late = "Ngày này chưa tới. Chỉ ghi khi việc ấy đã xảy ra."
        days = ("pupil_agreed_on", "guardian_agreed_on", "withdrawn_on")
        wrong = {name: late for name in days if (day := getattr(self, name)) and day > today}
        if self.guardian_agreed_on and not self.guardian_name:
            wrong["guardian_name"] = "Hãy ghi họ tên cha, mẹ hoặc người giám hộ đã đồng ý."
        if self.withdrawn_on and not self.withdrawal_note:
            wrong["withdrawal_note"] = "Hãy ghi ai báo rút và bằng cách nào, để sau này còn tra lại."
        if wrong:
            raise ValidationError(wrong)

    def why_not(self, matter: str) -> str:
        """Return why `matter` ("picture", "name", …) of this pupil may not be shown today; empty when it may.

        The same rule as `PupilQuerySet.consenting`.
        """
        if self.withdrawn_on:
            return f"đã rút sự đồng ý ngày {self.withdrawn_on:%d/%m/%Y}"
        if self.until and self.until < timezone.localdate():
            return f"sự đồng ý đã hết hạn ngày {self.until:%d/%m/%Y}"
        missing = [who for field, who in GIVERS[self.age_band].items() if not getattr(self, field)]
        if missing:
            return f"chưa có sự đồng ý của {' và của '.join(missing)}"
        label = self._meta.get_field(f"covers_{matter}").verbose_name
        return "" if getattr(self, f"covers_{matter}") else f"sự đồng ý không gồm việc {label}"

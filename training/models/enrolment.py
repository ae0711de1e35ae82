"""The enrolment of an event: which units may send how many people until when, and what they are asked."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from departments.enums import DepartmentKind
from departments.models import Department
from events.models import Event
from foundation.language.fields import NormalCharField, NormalTextField
from training.enums import MEALS, EnrolmentStatus, QuestionKind
from training.querysets import EnrolmentQuerySet, InvitedUnitQuerySet

MOST_PLACES = 5000


class Enrolment(models.Model):
    """One call to enrol for one event. `status` changes only through `training.workflow`."""

    event = models.OneToOneField(
        Event, models.PROTECT, related_name="enrolment", verbose_name="sự kiện", editable=False
    )
    deadline = models.DateTimeField("hạn đăng ký", help_text="Đến lúc này đơn vị còn đổi, rút người được.")
    places = models.PositiveIntegerField(
        "số chỗ tất cả",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)],
        help_text="Để trống nếu không giới hạn. Hết chỗ thì người sau vào danh sách chờ.",
    )
    note = NormalTextField(
        "lời dặn cho đơn vị", blank=True, help_text="Ai nên dự, mang theo gì, ăn ở thế nào."
    )
    asks_email = models.BooleanField(
        "hỏi thư điện tử của từng người",
        default=True,
        help_text="Để gửi vé và giấy xác nhận thẳng cho người dự.",
    )
    kept_days = models.PositiveSmallIntegerField(
        "xóa dữ liệu cá nhân sau sự kiện (ngày)",
        default=90,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
        help_text="Sau ngày ấy hệ thống xóa họ tên, chức vụ, thư, câu trả lời; chỉ còn số đếm theo đơn vị.",
    )
    forgotten_on = models.DateField("đã xóa dữ liệu ngày", null=True, editable=False)
    status = models.CharField(
        "trạng thái",
        max_length=10,
        choices=EnrolmentStatus,
        default=EnrolmentStatus.PREPARING,
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    owner_field = "host_id"  # the unit that owns the record (departments.access)

    class Meta:
        verbose_name = "đợt đăng ký"
        verbose_name_plural = "đợt đăng ký"
        ordering = ["-event__starts_at", "-pk"]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def host_id(self) -> int:
        return self.event.host_id

    @property
    def host(self) -> Department:
        return self.event.host

    @property
    def day(self) -> datetime.date:
        """The first day of the event."""
        return timezone.localtime(self.event.starts_at).date()

    @property
    def now(self) -> tuple[str, str]:
        """The status as it stands now, for its colour, and in words: a deadline passes by itself."""
        if self.forgotten_on:
            return EnrolmentStatus.CLOSED, "Đã xóa dữ liệu"
        if self.status == EnrolmentStatus.OPEN and self.deadline <= timezone.now():
            return EnrolmentStatus.CLOSED, "Hết hạn đăng ký"
        return self.status, self.get_status_display()

    @property
    def forget_on(self) -> datetime.date:
        """The day on which the personal data are deleted; it follows an event that is moved."""
        last = timezone.localtime(self.event.ends_at or self.event.starts_at).date()
        return last + datetime.timedelta(days=self.kept_days)


class InvitedKind(models.Model):
    """A kind of unit that is invited, and how many people each unit may send."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="kinds", verbose_name="đợt đăng ký")
    kind = models.CharField("loại đơn vị", max_length=20, choices=DepartmentKind)
    places = models.PositiveSmallIntegerField(
        "mỗi đơn vị được cử", default=2, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )

    class Meta:
        verbose_name = "loại đơn vị được mời"
        verbose_name_plural = "loại đơn vị được mời"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "kind"], name="a_kind_is_invited_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class InvitedUnit(models.Model):
    """A unit that may send people, by name and kind as of the day of the event."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="units", verbose_name="đợt đăng ký")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="đơn vị")
    name = NormalCharField("tên hôm đó", max_length=200)
    kind = models.CharField("loại đơn vị", max_length=20, choices=DepartmentKind)
    sort_key = models.CharField(max_length=400, editable=False, default="")
    places = models.PositiveSmallIntegerField("được cử", validators=[MaxValueValidator(500)])
    # Invited by name, or with a number of places of its own: the kinds do not change it.
    is_own = models.BooleanField("mời riêng", default=False, editable=False)
    reminders = models.PositiveSmallIntegerField("số lần nhắc", default=0, editable=False)
    reminded_at = models.DateTimeField("nhắc lúc", null=True, editable=False)

    objects = InvitedUnitQuerySet.as_manager()

    owner_field = "department_id"

    class Meta:
        verbose_name = "đơn vị được mời"
        verbose_name_plural = "đơn vị được mời"
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "department"],
                name="a_unit_is_invited_once",
                violation_error_message="Đơn vị này đã được mời.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One thing that is asked of each person; few, and deleted with the other personal data."""

    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, related_name="questions", verbose_name="đợt đăng ký"
    )
    label = NormalCharField("câu hỏi", max_length=80)
    kind = models.CharField("trả lời bằng", max_length=8, choices=QuestionKind, default=QuestionKind.TEXT)
    options = NormalTextField("các lựa chọn", blank=True, help_text="Mỗi dòng một lựa chọn.")
    is_required = models.BooleanField("bắt buộc", default=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "câu hỏi"
        verbose_name_plural = "câu hỏi"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        """The name under which answers are kept."""
        return f"q{self.pk}"

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be answered; empty when anything may."""
        if self.kind == QuestionKind.MEAL:
            return MEALS
        if self.kind == QuestionKind.TEXT:
            return ()
        return tuple(line.strip() for line in self.options.splitlines() if line.strip())

    def clean(self) -> None:
        super().clean()
        if self.kind == QuestionKind.CHOICE and not 2 <= len(self.choices) <= 12:
            raise ValidationError({"options": "Ghi từ 2 đến 12 lựa chọn, mỗi dòng một lựa chọn."})

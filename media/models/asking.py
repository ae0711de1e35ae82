"""What a person, or the parents of a child, ask about their data, with its two clocks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from departments.models import Department
from foundation.language.fields import NormalCharField, NormalTextField
from media.enums import Asked


class DataRequest(models.Model):
    """A request, and what was done about it; it is never deleted."""

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="data_requests", verbose_name="đơn vị nhận"
    )
    about = NormalCharField("của ai", max_length=150, help_text="Họ tên người hoặc học sinh yêu cầu nói tới.")
    kind = models.CharField("yêu cầu gì", max_length=8, choices=Asked)
    words = NormalTextField("nội dung", max_length=1000, help_text="Ai yêu cầu, bằng cách nào, về điều gì.")
    received_on = models.DateField("nhận ngày")
    # Kept as they were reckoned: a later decree changes no running clock.
    reply_by = models.DateField("hạn trả lời lần đầu", editable=False)
    act_by = models.DateField("hạn thực hiện", editable=False)
    document = NormalCharField("căn cứ", max_length=200, editable=False)
    replied_on = models.DateField("đã trả lời lần đầu ngày", null=True, blank=True)
    done_on = models.DateField("đã làm xong ngày", null=True, blank=True)
    answer = NormalTextField("đã làm gì, vì sao", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi", editable=False
    )

    owner_field = "department_id"  # the unit that owns the row: departments.access

    class Meta:
        verbose_name = "yêu cầu về dữ liệu cá nhân"
        verbose_name_plural = "yêu cầu về dữ liệu cá nhân"
        ordering = ["-received_on", "-pk"]
        indexes = [
            models.Index(fields=["department", "act_by"], name="requests_open", condition=Q(done_on=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="request_is_done_after_it_came",
                condition=Q(done_on=None) | Q(done_on__gte=F("received_on")),
                violation_error_message="Ngày làm xong từ ngày nhận trở đi.",
            ),
            models.CheckConstraint(
                name="request_is_answered_after_it_came",
                condition=Q(replied_on=None) | Q(replied_on__gte=F("received_on")),
                violation_error_message="Ngày trả lời từ ngày nhận trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"

"""The approval route of a kind of unit, and decisions made before the decider's turn."""

from django.db import models

from approvals.insert_only import InsertOnly
from departments.enums import DepartmentKind
from foundation.language.fields import NormalTextField


class ReviewRoute(models.Model):
    """The approval route for stories of one kind of unit.

    A kind without a row has one step (its head) and the hours of the settings REPLY_HOURS and GRACE_HOURS.
    """

    kind = models.CharField("loại đơn vị", max_length=20, choices=DepartmentKind, unique=True)
    second_reading = models.BooleanField(
        "Sở duyệt lần hai",
        default=False,
        help_text="Trưởng đơn vị duyệt xong, biên tập viên Sở đọc rồi bài mới đăng.",
    )
    reply_hours = models.PositiveSmallIntegerField(
        "hạn trả lời (giờ làm việc)", default=8, help_text="Quá hạn: nhắc người giữ bài, cấp phó duyệt được."
    )
    grace_hours = models.PositiveSmallIntegerField(
        "chờ thêm (giờ làm việc)",
        default=8,
        help_text="Hết giờ này: cấp trên duyệt được.",
    )

    class Meta:
        verbose_name = "quy trình duyệt"
        verbose_name_plural = "quy trình duyệt theo loại đơn vị"
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()


class BreakGlass(InsertOnly):
    """A decision made before the decider's turn, with a written reason. Everybody above was told."""

    decision = models.OneToOneField(
        "articles.ReviewDecision", models.PROTECT, related_name="break_glass", verbose_name="quyết định"
    )
    reason = NormalTextField("lý do")
    passed_over = models.CharField("người đang giữ bài", max_length=500)
    opened_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "quyết định trước lượt"
        verbose_name_plural = "các quyết định trước lượt"
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.decision}"

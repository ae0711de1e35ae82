"""A round of commendation: who calls for proposals, of what, by which rules, until when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from awards.models import AwardKind, Decision, LawVersion
from departments.models import Department, SchoolYear
from foundation.language.fields import NormalCharField, NormalTextField
from rounds.bounds import MOST_MONTHS, is_of_our_time
from rounds.enums import Quorum, Regime, RoundStatus, VoteBase
from rounds.querysets import RoundQuerySet


class Round(models.Model):
    """One call for proposals of a unit that gives awards. `status` changes only through `rounds.workflow`."""

    title = NormalCharField(
        "tên đợt khen", max_length=150, help_text="Ví dụ: Công tác truyền thông năm học 2026–2027."
    )
    host = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name="cơ quan tổ chức, quyết định khen"
    )
    school_year = models.ForeignKey(
        SchoolYear, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="năm học"
    )
    regime = models.CharField("loại hình, thủ tục", max_length=12, choices=Regime, default=Regime.USUAL)
    criteria = NormalTextField(
        "tiêu chí", help_text="Ai được đề nghị, vì thành tích gì; đơn vị đọc trước tiên."
    )
    achievement = NormalTextField(
        "nội dung khen",
        help_text="Ghi vào quyết định, ví dụ: Có nhiều thành tích trong công tác truyền thông.",
    )
    deadline = models.DateTimeField("hạn nhận đề nghị", validators=[is_of_our_time])
    counted_from = models.DateField("tính thành tích từ ngày", validators=[is_of_our_time])
    counted_until = models.DateField("đến hết ngày", validators=[is_of_our_time])
    asks_minutes = models.BooleanField(
        "cần biên bản họp xét của đơn vị",
        default=True,
        help_text="Tờ trình và báo cáo thành tích thì đợt nào cũng cần.",
    )
    months_between = models.PositiveSmallIntegerField(
        "nhắc khi vừa được khen trong vòng (tháng)",
        default=12,
        validators=[MaxValueValidator(MOST_MONTHS)],
        help_text="Chỉ để nhắc người thẩm định. Ghi 0 nếu không cần nhắc.",
    )
    files_kept_days = models.PositiveSmallIntegerField(
        "xóa tệp sau khi đợt kết thúc (ngày)",
        default=365,
        validators=[MinValueValidator(30), MaxValueValidator(3650)],
        help_text="Tờ trình, báo cáo, minh chứng của đơn vị được xóa khỏi máy chủ sau số ngày này.",
    )
    decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="quyết định"
    )
    ended_on = models.DateField("kết thúc ngày", null=True, editable=False)
    status = models.CharField(
        "trạng thái", max_length=12, choices=RoundStatus, default=RoundStatus.PREPARING, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RoundQuerySet.as_manager()

    owner_field = "host_id"  # the unit that owns the record (departments.access)

    class Meta:
        verbose_name = "đợt khen"
        verbose_name_plural = "đợt khen"
        ordering = ["-deadline", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="round_counts_a_period",
                condition=Q(counted_until__gte=F("counted_from")),
                violation_error_message="Ngày cuối tính thành tích phải bằng hoặc sau ngày đầu.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Check that the procedure exists under the law of the deadline."""
        super().clean()
        if self.deadline and self.regime == Regime.THEMATIC:
            law = LawVersion.objects.on(self.deadline.date())
            if law is None or not law.knows_thematic:
                words = "Luật có hiệu lực vào hạn nhận đề nghị chưa có loại hình khen thưởng chuyên đề."
                raise ValidationError({"regime": words})


class RoundAward(models.Model):
    """A form of award to which the round may lead, and whether a council votes on it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="awards", verbose_name="đợt khen")
    award_kind = models.ForeignKey(AwardKind, models.PROTECT, related_name="+", verbose_name="hình thức")
    needs_council = models.BooleanField("qua hội đồng", default=False)
    quorum = models.CharField("đủ họp khi có", max_length=12, choices=Quorum, default=Quorum.TWO_THIRDS)
    threshold = models.PositiveSmallIntegerField(
        "tỷ lệ đồng ý (%)", default=70, validators=[MinValueValidator(50), MaxValueValidator(100)]
    )
    vote_base = models.CharField("tính trên", max_length=8, choices=VoteBase, default=VoteBase.PRESENT)

    class Meta:
        verbose_name = "hình thức của đợt"
        verbose_name_plural = "hình thức của đợt"
        ordering = ["award_kind__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "award_kind"],
                name="round_names_an_award_once",
                violation_error_message="Hình thức này đã có trong đợt.",
            )
        ]

    def __str__(self) -> str:
        return str(self.award_kind)


class LatePermit(models.Model):
    """The host lets one unit send after the deadline, until a moment, for a written reason."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="late_permits", verbose_name="đợt khen")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="đơn vị")
    until = models.DateTimeField("được gửi đến", validators=[is_of_our_time])
    reason = NormalTextField("lý do")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người cho phép"
    )
    given_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "phép gửi muộn"
        verbose_name_plural = "phép gửi muộn"
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.department}: {self.until:%d/%m/%Y}"

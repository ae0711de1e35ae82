"""Fixed choices about enrolment and attendance. Imports nothing from this room."""

from django.db import models


class EnrolmentStatus(models.TextChoices):
    """Whether units may send people."""

    PREPARING = "preparing", "Đang chuẩn bị"
    OPEN = "open", "Nhận đăng ký"
    CLOSED = "closed", "Đã khóa đăng ký"


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    TEXT = "text", "Ghi chữ"
    CHOICE = "choice", "Chọn một"
    MEAL = "meal", "Bữa ăn"


class ScanKind(models.TextChoices):
    """How somebody was let in."""

    CODE = "code", "Quét mã"
    NAME = "name", "Tìm tên"
    GUEST = "guest", "Khách mới"


class RuleKind(models.TextChoices):
    """What is counted before somebody gets a paper of attendance."""

    SITTINGS = "sittings", "Số buổi"
    HOURS = "hours", "Số giờ nội dung"


# What may be answered about a meal; the office needs the number of each.
MEALS = ("Ăn thường", "Ăn chay", "Không ăn")

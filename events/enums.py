"""Fixed choices about events; imports no other module of the project."""

from django.db import models


class EventKind(models.TextChoices):
    """The kind of an event."""

    TRAINING = "training", "Hội nghị tập huấn"
    CONFERENCE = "conference", "Hội nghị"
    SEMINAR = "seminar", "Hội thảo"
    CEREMONY = "ceremony", "Lễ"
    CONTEST = "contest", "Hội thi, cuộc thi"
    FESTIVAL = "festival", "Ngày hội"
    MEETING = "meeting", "Họp, làm việc"

    @property
    def noun(self) -> str:
        """Return the word for it inside a heading: “Ảnh hội nghị”, “Khen thưởng tại buổi lễ”."""
        return _NOUNS[self]


_NOUNS = {
    EventKind.TRAINING: "hội nghị",
    EventKind.CONFERENCE: "hội nghị",
    EventKind.SEMINAR: "hội thảo",
    EventKind.CEREMONY: "buổi lễ",
    EventKind.CONTEST: "hội thi",
    EventKind.FESTIVAL: "ngày hội",
    EventKind.MEETING: "buổi làm việc",
}


class Occurrence(models.TextChoices):
    """Whether it takes place as announced; the clock tells whether it is over."""

    AS_PLANNED = "as_planned", "Theo lịch"
    RESCHEDULED = "rescheduled", "Đã dời lịch"
    POSTPONED = "postponed", "Hoãn"
    CANCELLED = "cancelled", "Hủy"


class Qualifier(models.TextChoices):
    """“gần 200” is a count with a qualifier."""

    EXACT = "", "đúng số này"
    NEARLY = "gần", "gần số này"
    ABOUT = "khoảng", "khoảng số này"
    OVER = "hơn", "hơn số này"

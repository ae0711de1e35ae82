"""The slots of the front page; imports no other module of the project."""

from django.db import models


class Slot(models.TextChoices):
    """A slot of the front page."""

    TOP = "top", "Tin chính"
    FOCUS = "focus", "Tin tiêu điểm"
    DONT_MISS = "dont_miss", "Đừng bỏ lỡ"


CAPACITY: dict[str, int] = {Slot.TOP: 1, Slot.FOCUS: 4, Slot.DONT_MISS: 3}

# Slots filled up with the newest stories where nobody chose; another empty slot is not shown.
FILLED: tuple[str, ...] = (Slot.TOP, Slot.FOCUS)

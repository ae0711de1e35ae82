"""The slots of the front page; a leaf module."""

from django.db import models


class Slot(models.TextChoices):
    TOP = "top", "Tin chính"
    FOCUS = "focus", "Tin tiêu điểm"
    DONT_MISS = "dont_miss", "Đừng bỏ lỡ"


CAPACITY: dict[str, int] = {Slot.TOP: 1, Slot.FOCUS: 4, Slot.DONT_MISS: 3}

# Slots the page fills with the newest stories when nobody chose; the others disappear whole.
FILLED: tuple[str, ...] = (Slot.TOP, Slot.FOCUS)

"""What kinds of public things can be found."""

from django.db import models


class Kind(models.TextChoices):
    """The order is the one in which kinds are offered."""

    STORY = "story", "Tin"
    EVENT = "event", "Sự kiện"
    DOCUMENT = "document", "Văn bản"
    DECISION = "decision", "Khen thưởng"
    UNIT = "unit", "Đơn vị"

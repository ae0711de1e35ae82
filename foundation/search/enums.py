"""The kinds of public things that search finds."""

from django.db import models


class Kind(models.TextChoices):
    """Listed in the order in which the search page offers them."""

    STORY = "story", "Tin"
    EVENT = "event", "Sự kiện"
    DOCUMENT = "document", "Văn bản"
    DECISION = "decision", "Khen thưởng"
    UNIT = "unit", "Đơn vị"

"""States of every registered record; imports no other module of the project."""

from django.db import models


class RecordStatus(models.TextChoices):
    """State of a registered record (document, event, commendation decision)."""

    DRAFTING = "drafting", "Nháp"
    IN_REVIEW = "in_review", "Chờ duyệt"
    PUBLIC = "public", "Đã công bố"
    WITHDRAWN = "withdrawn", "Đã gỡ"

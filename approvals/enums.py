"""States shared by every registered record; a leaf module."""

from django.db import models


class RecordStatus(models.TextChoices):
    """Editorial state of a registered record (document, event, commendation decision)."""

    DRAFTING = "drafting", "Nháp"
    IN_REVIEW = "in_review", "Chờ duyệt"
    PUBLIC = "public", "Đã công bố"
    WITHDRAWN = "withdrawn", "Đã gỡ"

"""What happened to a record: the steps taken on it, as the log of approvals has them."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from approvals.models import StatusChange


def history(record: models.Model) -> QuerySet[StatusChange]:
    """Steps taken on a record, newest first."""
    kind = ContentType.objects.get_for_model(record)
    return StatusChange.objects.filter(content_type=kind, object_id=record.pk).select_related("actor")

"""The steps taken on a record, from the log."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from approvals.models import StatusChange


def history(record: models.Model) -> QuerySet[StatusChange]:
    """Return the steps taken on a record, newest first."""
    kind = ContentType.objects.get_for_model(record)
    return StatusChange.objects.filter(content_type=kind, object_id=record.pk).select_related("actor")

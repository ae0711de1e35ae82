"""The steps taken on a record, from the log."""

import datetime
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max, QuerySet

from approvals.models import StatusChange


def history(record: models.Model) -> QuerySet[StatusChange]:
    """Return the steps taken on a record, newest first."""
    kind = ContentType.objects.get_for_model(record)
    return StatusChange.objects.filter(content_type=kind, object_id=record.pk).select_related("actor")


def last_moved(model: type[models.Model], keys: Iterable[int]) -> dict[int, datetime.datetime]:
    """Return when each of these records of one model took its last step; left out are those without."""
    kind = ContentType.objects.get_for_model(model)
    steps = StatusChange.objects.filter(content_type=kind, object_id__in=list(keys)).order_by()
    return dict(steps.values("object_id").annotate(last=Max("taken_at")).values_list("object_id", "last"))

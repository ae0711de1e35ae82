"""What search indexes of units: every name they have had, and the words of their page."""

import datetime

from django.utils import timezone

from departments.enums import DepartmentKind
from departments.models import Department
from departments.querysets import DepartmentQuerySet
from foundation.search.enums import Kind
from foundation.search.keeping import Findable

KIND = Kind.UNIT
UNLISTED = (DepartmentKind.LOCALITY,)  # a place, not an office


def records() -> DepartmentQuerySet:
    """Return every unit of the public directory, open or closed."""
    begun = Department.objects.filter(valid_from__lte=timezone.localdate())
    return begun.exclude(kind__in=UNLISTED).prefetch_related("names")


def item_of(unit: Department) -> Findable:
    """Return what search indexes of a unit."""
    today = timezone.localdate()
    borne = [name for name in unit.names.all() if name.valid_from <= today]
    names = dict.fromkeys([unit.short_name, *(name for row in borne for name in (row.name, row.short_name))])
    midnight = datetime.datetime.combine(unit.valid_from, datetime.time.min)
    facts = (unit.get_kind_display(), unit.code, unit.former_province, unit.address, unit.functions)
    return Findable(
        kind=KIND,
        pk=unit.pk,
        moment=timezone.make_aware(midnight),
        title=unit.name,
        names="\n".join(name for name in names if name),
        text="\n".join(filter(None, facts)),
        units=frozenset({unit.pk}),
    )

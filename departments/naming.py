"""What a unit was called on a day, and how it gets a new name."""

import datetime

from django.utils import timezone

from departments.models import Department, DepartmentName


def name_on(department: Department, day: datetime.date | None = None) -> str:
    """The unit's full name on that day, today if none is given."""
    found = dated_name_on(department, day)
    return found.name if found else department.name


def short_name_on(department: Department, day: datetime.date | None = None) -> str:
    """The unit's short name on that day, its full name if it had none."""
    found = dated_name_on(department, day)
    return (found.short_name or found.name) if found else department.short_name or department.name


def dated_name_on(department: Department, day: datetime.date | None = None) -> DepartmentName | None:
    """The row in force on that day; uses prefetched names if there are any.

    Outside its dated names (before the first, in a gap, after closing) the nearest earlier name
    answers, then the earliest: a story about the unit has to call it something.
    """
    day = day or timezone.localdate()
    names = sorted(department.names.all(), key=lambda name: name.valid_from)
    begun = [name for name in names if name.valid_from <= day]
    return begun[-1] if begun else next(iter(names), None)

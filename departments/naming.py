"""What a unit was called on a day, how it gets a new name, and which address goes with it."""

import datetime
from itertools import count

from django.db import transaction
from django.utils import timezone

from departments import findable, share_card
from departments.models import Department, DepartmentName
from departments.querysets import on_day
from foundation.language.vietnamese import slug as slug_of
from foundation.pagestore.announcing import announce
from foundation.search.keeping import missing_from_index, refresh
from foundation.sharecards.pictures import forget_share_pictures

DAY = datetime.timedelta(days=1)


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


@transaction.atomic
def put_in_force(department: Department, day: datetime.date | None = None) -> bool:
    """Make the unit's own row say the name in force, give every name its address, announce it.

    Returns whether the row changed. A new unit without dated names gets its first one.
    """
    if not department.names.exists():
        department.names.create(
            name=department.name,
            short_name=department.short_name,
            valid_from=department.valid_from,
            valid_until=department.valid_until,
            document=department.founding_document,
        )
    for name in department.names.filter(slug="").order_by("valid_from"):
        name.slug = free_slug(name.name, department)
        name.save(update_fields=["slug"])
    found = dated_name_on(department, day)
    if found is None:
        raise ValueError(f"{department} has no dated name")
    wanted = {"name": found.name, "short_name": found.short_name, "slug": found.slug}
    changed = {field: value for field, value in wanted.items() if getattr(department, field) != value}
    pictured = {department.slug, found.slug}
    for field, value in changed.items():
        setattr(department, field, value)
    if changed:
        department.save()
    announce(department)
    forget_share_pictures(*map(share_card.place_of, pictured))
    return bool(changed)


def refresh_names(day: datetime.date | None = None) -> int:
    """Put every name in force that began or ended with the calendar; returns how many units changed.

    To be run once a day: a name entered in June for 1 July has no other moment to take its place, nor
    has a unit that begins its work to be found.
    """
    day = day or timezone.localdate()
    names = DepartmentName.objects.filter(on_day(day)).select_related("department")
    stale = [name.department for name in names if name.department.name != name.name]
    stale += [name.department for name in names if name.department.short_name != name.short_name]
    begun = Department.objects.filter(valid_from__lte=day, valid_from__gt=day - datetime.timedelta(days=7))
    refresh(findable, *missing_from_index(findable.KIND, begun.values_list("pk", flat=True)))
    return sum(put_in_force(department, day) for department in {unit.pk: unit for unit in stale}.values())


def free_slug(name: str, department: Department) -> str:
    """The address for a name of this unit: never one that another unit has or had.

    Old addresses lead to their unit for ever; a unit that takes an old name back gets its old address.
    """
    wanted = slug_of(name) or "don-vi"
    bore = DepartmentName.objects.filter(department_id=department.pk, name=name).exclude(slug="")
    own = bore.values_list("slug", flat=True).first()
    if own:
        return own
    taken = set(
        Department.objects.exclude(pk=department.pk)
        .filter(slug__startswith=wanted)
        .values_list("slug", flat=True)
    )
    taken |= set(
        DepartmentName.objects.exclude(department_id=department.pk)
        .filter(slug__startswith=wanted)
        .values_list("slug", flat=True)
    )
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(slug for slug in candidates if slug not in taken)

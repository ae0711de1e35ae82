"""The names of a unit: on a given day, a new one, and the addresses that belong to them."""

import datetime
from itertools import count

from django.db import transaction
from django.utils import timezone

from departments import findable, share_card
from departments.models import Department, DepartmentName
from departments.querysets import on_day
from foundation.language.vietnamese import fold
from foundation.language.vietnamese import slug as slug_of
from foundation.pagestore.announcing import announce
from foundation.search.keeping import missing_from_index, refresh
from foundation.sharecards.pictures import forget_share_pictures

DAY = datetime.timedelta(days=1)


def name_on(department: Department, day: datetime.date | None = None) -> str:
    """Return the unit's full name on that day, by default today."""
    found = dated_name_on(department, day)
    return found.name if found else department.name


def short_name_on(department: Department, day: datetime.date | None = None) -> str:
    """Return the unit's short name on that day; its full name if it had none."""
    found = dated_name_on(department, day)
    return (found.short_name or found.name) if found else department.short_name or department.name


def dated_name_on(department: Department, day: datetime.date | None = None) -> DepartmentName | None:
    """Return the name in force on that day; uses prefetched names.

    On a day without a name (before the first, in a gap, after closing) returns the nearest earlier one, then
    the earliest, because a story must name the unit somehow. None for a unit without dated names.
    """
    day = day or timezone.localdate()
    names = sorted(department.names.all(), key=lambda name: name.valid_from)
    begun = [name for name in names if name.valid_from <= day]
    return begun[-1] if begun else next(iter(names), None)


def units_named_on(day: datetime.date) -> dict[str, int | None]:
    """Return {folded name: unit id} on that day; None for a name that two units had. Makes one query."""
    units: dict[str, int | None] = {}
    rows = DepartmentName.objects.on(day).values_list("name", "short_name", "department")
    for name, short_name, key in rows:
        for word in {fold(name), fold(short_name)} - {""}:
            units[word] = key if units.get(word, key) == key else None
    return units


@transaction.atomic
def put_in_force(department: Department, day: datetime.date | None = None) -> bool:
    """Copy the current name to the unit, give every name an address, announce the unit.

    Returns whether the unit changed. A new unit without dated names gets its first one. Raises ValueError if
    there is none for the day.
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
    """Copy every name that came into force by date; returns how many units changed.

    The worker runs it in each of its turns, for names entered in advance. It also indexes units that have
    just opened.
    """
    day = day or timezone.localdate()
    names = DepartmentName.objects.filter(on_day(day)).select_related("department")
    stale = [name.department for name in names if name.department.name != name.name]
    stale += [name.department for name in names if name.department.short_name != name.short_name]
    begun = Department.objects.filter(valid_from__lte=day, valid_from__gt=day - datetime.timedelta(days=7))
    refresh(findable, *missing_from_index(findable.KIND, begun.values_list("pk", flat=True)))
    return sum(put_in_force(department, day) for department in {unit.pk: unit for unit in stale}.values())


def free_slug(name: str, department: Department) -> str:
    """Return an unused address for a name of this unit: never one that another unit has or had.

    Old addresses lead to their unit for ever; a unit that takes back an old name gets its old address.
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

"""Which unit a story of the old site belongs to: the one of that day, along the succession of the unit given.

A school merged in 2025 did not write the news of 2017: the school before it did, under the name of that day.
"""

import datetime
from functools import lru_cache

from django.utils import timezone

from departments.enums import RelationKind
from departments.models import Department, DepartmentRelation
from departments.naming import name_on
from departments.succession import Succession


class UnitsOfTheDay:
    """The unit given, and those before and after it for which the person may import. Makes two queries.

    `may` are the ids of the units over whose work the person has the right.
    """

    def __init__(self, unit: Department, may: set[int]):
        line = DepartmentRelation.objects.filter(kind=RelationKind.SUCCESSION)
        chain = Succession(line.values("department_id", "related_id", "valid_from"))
        before, after = chain.ancestors(unit.pk), chain.descendants(unit.pk)
        units = Department.objects.filter(pk__in=(before | after) & may | {unit.pk}).prefetch_related("names")
        known = {one.pk: one for one in units}
        self.unit = known.pop(unit.pk)
        self._before = [known[pk] for pk in before if pk in known]
        self._after = [known[pk] for pk in after if pk in known]
        self.on = lru_cache(maxsize=4096)(self._on)  # a site has few days with several stories

    def _on(self, day: datetime.date | None) -> tuple[Department, str, bool]:
        """Returns (unit, its name, whether that is certain) for a story of that day; today without a day.

        When several units were merged into the one given, nothing says whose story it was: it stays with the
        unit given.
        """
        day = day or timezone.localdate()
        unit, is_certain = self.unit, True
        if not unit.is_open_on(day):
            others = self._after if unit.is_closed_on(day) else self._before
            then = [one for one in others if one.is_open_on(day)]
            unit, is_certain = (then[0], True) if len(then) == 1 else (unit, not then)
        return unit, name_on(unit, day), is_certain

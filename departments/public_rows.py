"""The rows of this room that readers see: many pages show units and their people."""

from functools import partial

from departments import findable
from departments.models import (
    Department,
    DepartmentName,
    DepartmentRelation,
    Person,
    Position,
    SchoolYear,
)
from foundation.pagestore.announcing import declare
from foundation.search.keeping import refresh

declare(Department, tags=["units"], follow=partial(refresh, findable))
declare(DepartmentName, DepartmentRelation, Person, Position, SchoolYear, tags=["units"])

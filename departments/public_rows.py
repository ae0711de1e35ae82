"""The rows of this room that readers see: many pages show units and their people."""

from departments import findable
from departments.models import (
    Department,
    DepartmentName,
    DepartmentRelation,
    Person,
    Position,
    SchoolYear,
)
from departments.public import doors
from foundation.pagestore.announcing import declare
from foundation.search.keeping import refresh


def follow_unit(*pks: int) -> None:
    """Find the units by their words of today, and lead to their addresses of today."""
    doors.forget_names()
    refresh(findable, *pks)


declare(Department, tags=["units", doors.TAG], follow=follow_unit)
declare(DepartmentName, tags=["units", doors.TAG], follow=doors.forget_names)
declare(DepartmentRelation, Person, Position, SchoolYear, tags=["units"])

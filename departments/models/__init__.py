"""Units, their dated names and relations, people and their positions."""

from departments.models.department import Department, DepartmentName, DepartmentRelation
from departments.models.person import Person, Position
from departments.models.school_year import DayOff, SchoolYear

__all__ = [
    "DayOff",
    "Department",
    "DepartmentName",
    "DepartmentRelation",
    "Person",
    "Position",
    "SchoolYear",
]

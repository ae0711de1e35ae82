"""Units, their names and relations with dates, people and the titles they hold."""

from departments.models.department import Department, DepartmentName, DepartmentRelation
from departments.models.person import Person, Position
from departments.models.school_year import SchoolYear

__all__ = ["Department", "DepartmentName", "DepartmentRelation", "Person", "Position", "SchoolYear"]

"""Units, people, school years and delegations in the admin."""

from departments.admin import delegation
from departments.admin.department import DepartmentAdmin
from departments.admin.person import PersonAdmin
from departments.admin.school_year import SchoolYearAdmin

__all__ = ["DepartmentAdmin", "PersonAdmin", "SchoolYearAdmin", "delegation"]

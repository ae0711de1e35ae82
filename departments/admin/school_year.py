"""School years and days off in the admin."""

from django.contrib import admin

from departments.models import DayOff, SchoolYear
from foundation.pagestore.admin import AnnouncingAdminMixin


@admin.register(SchoolYear)
class SchoolYearAdmin(AnnouncingAdminMixin, admin.ModelAdmin):
    list_display = ["__str__", "starts_on", "ends_on"]
    search_fields = ["first_year"]


@admin.register(DayOff)
class DayOffAdmin(admin.ModelAdmin):
    list_display = ["name", "first", "last"]
    search_fields = ["name"]

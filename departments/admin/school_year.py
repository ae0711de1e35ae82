"""School years in the back-office."""

from django.contrib import admin

from departments.models import SchoolYear


@admin.register(SchoolYear)
class SchoolYearAdmin(admin.ModelAdmin):
    list_display = ["__str__", "starts_on", "ends_on"]
    search_fields = ["first_year"]

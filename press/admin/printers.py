"""Printers of a unit and their offsets."""

from django.contrib import admin

from press.admin.scoped import UnitScopedAdminMixin
from press.models import Printer


@admin.register(Printer)
class PrinterAdmin(UnitScopedAdminMixin, admin.ModelAdmin):
    no_search = "mỗi đơn vị có vài máy in"
    list_display = ["name", "department", "dx", "dy", "calibrated_on"]
    list_select_related = ["department"]
    fields = ["name", "department", ("dx", "dy"), "calibrated_on"]

"""Printers of a unit, their offsets, and the sheet that shows these."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from press.admin.scoped import UnitScopedAdminMixin
from press.calibration import draw_calibration
from press.models import Printer
from press.presets import SIZES
from press.typesetting.setter import NotDrawn


@admin.register(Printer)
class PrinterAdmin(UnitScopedAdminMixin, admin.ModelAdmin):
    no_search = "mỗi đơn vị có vài máy in"
    change_form_template = "admin/press/printer/change_form.html"
    list_display = ["name", "department", "dx", "dy", "calibrated_on"]
    list_select_related = ["department"]
    fields = ["name", "department", ("dx", "dy"), "calibrated_on"]

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.calibration_view)
        return [
            path("<int:object_id>/to-can-chinh.pdf", view, name="press_printer_calibration"),
            *super().get_urls(),
        ]

    def calibration_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The sheet for the size of paper that is asked for."""
        printer = self.get_object(request, str(object_id))
        if printer is None:
            raise Http404
        try:
            sheet = draw_calibration(printer, SIZES.get(request.GET.get("kho", ""), SIZES["a4"]))
        except NotDrawn as refusal:
            return HttpResponse(refusal.message, status=503, content_type="text/plain; charset=utf-8")
        headers = {
            "Cache-Control": "private, no-store",
            "Content-Disposition": "attachment; filename=to-can-chinh.pdf",
        }
        return HttpResponse(sheet, content_type="application/pdf", headers=headers)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kw: Any) -> HttpResponse:
        context["sizes"] = [(key, size.label) for key, size in SIZES.items()]
        return super().render_change_form(request, context, *args, **kw)

"""The newsroom's month as a page of the office."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.office.planning import may_see, month_of, parse_month
from foundation.language.dates import WEEKDAYS


@never_cache
@require_safe
def planning(request: HttpRequest) -> HttpResponse:
    """The month asked for by `?thang=2026-11`, else the present one."""
    if not may_see(request.user):
        raise PermissionDenied
    month = month_of(request.user, parse_month(request.GET.get("thang", "")))
    context = admin.site.each_context(request) | {"title": "Lịch", "month": month}
    context["weekdays"] = list(zip(("T2", "T3", "T4", "T5", "T6", "T7", "CN"), WEEKDAYS, strict=True))
    return render(request, "admin/articles/planning.html", context)


def urls(site: admin.AdminSite) -> list:
    return [path("lich/", site.admin_view(planning), name="planning")]

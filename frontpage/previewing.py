"""A preview of the front page at a future moment, for the managing editor."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from articles.approval import schedule
from articles.models import PublishedArticle
from articles.office import coming as coming_pages
from frontpage.layout import assemble
from frontpage.models import Placement

FARTHEST = datetime.timedelta(days=366)


class PreviewMomentForm(forms.Form):
    """The moment to preview, from the query string."""

    luc = forms.DateTimeField(
        label="Xem trang chủ lúc",
        widget=forms.DateTimeInput({"type": "datetime-local", "class": "input"}, "%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Hãy chọn ngày và giờ, ví dụ 20/11/2026 07:30."},
    )

    def clean_luc(self) -> datetime.datetime:
        moment = self.cleaned_data["luc"]
        if abs(moment - timezone.now()) > FARTHEST:
            raise forms.ValidationError("Hãy chọn một lúc trong vòng một năm trước hoặc sau hôm nay.")
        return moment


@never_cache
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """Answer with a choice of moments, the page at that moment in a frame, and the next changes."""
    _admit(request)
    form = PreviewMomentForm(request.GET if "luc" in request.GET else {"luc": _typed(timezone.now())})
    moment = form.cleaned_data["luc"] if form.is_valid() else None
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": "Xem trước trang chủ",
        "form": form,
        "moment": moment,
        "typed": _typed(moment) if moment else "",
        "changes": _next_changes(),
    }
    return TemplateResponse(request, "admin/frontpage/placement/preview.html", context)


@never_cache
@require_safe
@xframe_options_sameorigin
def preview_bare(request: HttpRequest) -> HttpResponse:
    """Answer with the page alone, for the frame."""
    _admit(request)
    form = PreviewMomentForm(request.GET)
    moment = form.cleaned_data["luc"] if form.is_valid() else timezone.now()
    context = assemble(moment, coming_pages.pages_by(moment), coming_pages.gone_by(moment))
    return render(request, "frontpage/home.html", context)


def urls() -> list[URLPattern]:
    """Return the URL patterns, for the admin of placements."""
    view = admin.site.admin_view
    return [
        path("xem-truoc/", view(preview), name="frontpage_placement_preview"),
        path("xem-truoc/trang/", view(preview_bare), name="frontpage_placement_preview_bare"),
    ]


def _admit(request: HttpRequest) -> None:
    if not request.user.has_perm("frontpage.view_placement"):
        raise PermissionDenied


def _typed(moment: datetime.datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def _next_changes() -> list[tuple[str, datetime.datetime]]:
    """Return the next moments at which a placement or a story begins or ends, as (parameter, moment).

    The parameter has no seconds, so it is rounded up to the next minute.
    """
    now = timezone.now()
    ahead, live = Placement.objects.order_by(), PublishedArticle.objects.live()
    moments = {
        *ahead.filter(starts_at__gt=now).values_list("starts_at", flat=True),
        *ahead.filter(ends_at__gt=now).values_list("ends_at", flat=True),
        *schedule.waiting().filter(due_at__gt=now).values_list("due_at", flat=True),
        *live.filter(until__gt=now).values_list("until", flat=True),
    }
    return [(_typed(_whole_minute(moment)), moment) for moment in sorted(moments)[:8]]


def _whole_minute(moment: datetime.datetime) -> datetime.datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + datetime.timedelta(minutes=1)

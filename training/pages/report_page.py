"""The report of an event: figures from the check-in, delegates, commendations; on paper and as a table."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.models import Decision
from events.timing import date_words, hour_words
from foundation.exporting.files import XLSX, xlsx_bytes
from training.counting import came_by_kind
from training.feedback import results_of
from training.models import Enrolment
from training.pages.reach import context_of, enrolment_of, is_host
from training.roll import Asked, Roll
from training.telling import page_of_enrolment


@require_safe
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report, to be printed or kept as PDF by the browser."""
    enrolment = _reported(request, pk)
    crumb = (str(enrolment.event), page_of_enrolment(enrolment))
    context = context_of(request, "Báo cáo sự kiện", crumb, **_figures(request, enrolment))
    return render(request, "admin/training/report.html", context)


@require_safe
def report_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the report as a spreadsheet: one table of label, people, units."""
    enrolment = _reported(request, pk)
    found = _figures(request, enrolment)
    event = enrolment.event
    rows: list[list[str]] = [
        ["Sự kiện", str(event), ""],
        ["Thời gian", f"{found['when']}", ""],
        ["Địa điểm", event.place_name, ""],
        ["Đăng ký", str(found["roll"].placed), str(found["roll"].kinds[0]["units"])],
        ["Đã đến ít nhất một buổi", str(found["people"]), str(found["units"])],
        *([tab["label"], str(tab["came"]), ""] for tab in found["roll"].tabs),
        *([count.label, str(count.people), str(count.units)] for count in found["counts"]),
        *(["Đại biểu", str(one), one.title] for one in found["delegates"]),
        *(["Khen thưởng", f"QĐ {one.number}", one.summary] for one in found["decisions"]),
        ["Giấy xác nhận đã cấp", str(found["papers"]), ""],
    ]
    answer = HttpResponse(xlsx_bytes(["Nội dung", "Số người", "Số đơn vị"], rows), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="bao-cao-{enrolment.pk}.xlsx"'
    return answer


def _reported(request: HttpRequest, pk: int) -> Enrolment:
    """Return the enrolment if the user reads its whole roll. Raises Http404 or PermissionDenied."""
    enrolment = enrolment_of(request, pk)
    if not is_host(request.user, enrolment):
        raise PermissionDenied
    return enrolment


def _figures(request: HttpRequest, enrolment: Enrolment) -> dict[str, Any]:
    event, counts = enrolment.event, came_by_kind(enrolment)
    given = event.commendation_decisions.filter(pk__in=Decision.objects.visible_to(request.user).values("pk"))
    papers = getattr(enrolment, "attestation_list", None)
    return {
        "enrolment": enrolment,
        "event": event,
        "when": f"{hour_words(event)}, {date_words(event)}",
        "roll": Roll(enrolment, Asked()),
        "counts": counts,
        "people": sum(count.people for count in counts),
        "units": sum(count.units for count in counts),
        "delegates": list(event.delegates.all()),
        "decisions": list(given),
        "papers": papers.rows.valid().exclude(number=None).count() if papers else 0,
        "feedback": results_of(enrolment),
    }

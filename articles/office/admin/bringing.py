"""Addresses that receive foreign text for the writing screen: pasted text and Word files."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.text import pasting
from articles.text.head import Manuscript, take_head
from articles.writing import bylines, drafting, importing
from articles.writing.forms import BodyWidget
from departments.models import Department
from media.admin.receiving import NO_UNIT
from media.forms import units_of

LONGEST = 3_000_000  # letters of pasted HTML; a thesis from Word has about two million
NOT_YOURS = "Không có đơn vị như vậy trong các đơn vị của bạn. Hãy chọn lại đơn vị rồi mở tệp lần nữa."
TOO_LONG = "Đoạn dán quá dài. Hãy dán từng phần, hoặc mở thẳng tệp Word bằng nút “Mở tệp Word”."
TOO_MANY_LINES = (
    f"Đoạn dán có hơn {pasting.MOST_LINES_SAID} dòng, nhiều hơn một bài viết. "
    "Hãy dán từng phần; danh sách dài xin đính kèm thành văn bản."
)


@never_cache
@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Returns pasted HTML as a clean body, with notes about what was changed. 413 when it is too long."""
    _only_writers(request)
    try:
        text = request.POST.get("html", "")
    except RequestDataTooBig:
        return JsonResponse({"error": TOO_LONG}, status=413)
    if len(text) > LONGEST:
        return JsonResponse({"error": TOO_LONG}, status=413)
    try:
        settled = pasting.settle(text)
    except pasting.TooManyLines:
        return JsonResponse({"error": TOO_MANY_LINES}, status=413)
    answer: dict[str, Any] = {"body": BodyWidget().format_value(settled.body), "notes": settled.notes}
    unit = units_of(request.user).first()
    head = take_head(settled.body, importing.names_of(unit) if unit else [])
    if (
        head.title or head.letterhead or head.letter_end or head.signatures
    ):  # used by a screen that has no text yet
        answer["head"] = _said(head, request.user, unit)
    return JsonResponse(answer)


@never_cache
@require_POST
def open_word(request: HttpRequest) -> JsonResponse:
    """Returns title, sapo and body of a .docx for the writer to check. Changes no story."""
    _only_writers(request)
    units = units_of(request.user)
    if not units:
        return JsonResponse({"error": NO_UNIT}, status=403)
    chosen = request.POST.get("department", "")
    unit = next((unit for unit in units if str(unit.pk) == chosen), None) if chosen else units[0]
    if unit is None:
        return JsonResponse({"error": NOT_YOURS}, status=400)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": "Hãy chọn một tệp Word (.docx)."}, status=400)
    try:
        read = importing.read_word(file, department=unit, by=request.user)
    except importing.ImportRefused as refusal:
        return JsonResponse({"error": refusal.message}, status=400)
    return JsonResponse(_said(read, request.user, unit) | {"notes": read.notes})


def _said(manuscript: Manuscript, user: Any, unit: Department | None) -> dict[str, Any]:
    """Returns a manuscript as the screen takes it: HTML for the editor, rows of names, what to propose."""
    names = [(signature.name, signature.role) for signature in manuscript.signatures]
    return {
        "title": manuscript.title,
        "title_offer": manuscript.title_offer,
        "lead": manuscript.lead,
        "source_mark": manuscript.source_mark,
        "body": BodyWidget().format_value(manuscript.body),
        "letterhead": manuscript.letterhead,
        "letter_end": manuscript.letter_end,
        "bylines": bylines.rows_for(names, user, unit),
        "credit": manuscript.credit,
        "own_name": drafting.name_under(user),
    }


def _only_writers(request: HttpRequest) -> None:
    if not request.user.has_perm("articles.add_article"):
        raise Http404


def urls(view: Callable) -> list[URLPattern]:
    """Returns the URLs; `view` wraps each view with the admin's checks."""
    return [
        path("dan/", view(paste), name="articles_article_paste"),
        path("mo-word/", view(open_word), name="articles_article_open_word"),
    ]

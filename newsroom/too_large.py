"""The answer to a form that is larger than the limits of the settings."""

import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import parse_qsl

from django.contrib import admin
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

# What happened and what to do, by the exception that Django raises while it reads the form.
WORDS: dict[type[Exception], tuple[str, str]] = {
    TooManyFieldsSent: (
        "Biểu mẫu có quá nhiều dòng để lưu một lần",
        "Hãy lưu biểu mẫu với vài dòng đầu, rồi dán cả bảng còn lại ở nút “Danh sách” của hồ sơ.",
    ),
    RequestDataTooBig: (
        "Biểu mẫu quá dài để lưu một lần",
        "Hãy bớt chữ hoặc chia làm nhiều lần rồi lưu lại.",
    ),
    TooManyFilesSent: (
        "Chọn quá nhiều tệp một lần",
        "Hãy chọn ít tệp hơn, gửi làm nhiều lần.",
    ),
}
SHOWN_FIELDS = 100_000  # a form with more is not a person's, and is not shown again
_ROW = re.compile(r"(?P<list>\w+)-(?P<number>\d+)-(?P<field>\w+)")
_SILENT = re.compile(
    r"csrfmiddlewaretoken|khoa|\w+_version|saved_copy|_\w+"
    r"|\w+-(?:[A-Z]+_)+[A-Z]+|\w+-\d+-(?:id|position|DELETE)"
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 to a form that is too large, with everything typed where it could still be read; else 400.

    A script gets the words as JSON (`error`).
    """
    if (words := WORDS.get(type(exception))) is None:
        return render(request, "400.html", status=400)
    title, advice = words
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return JsonResponse({"error": f"{title}. {advice}"}, status=413)
    context = {"title": title, "advice": advice}
    if not (request.path.startswith("/admin/") and request.user.is_staff):
        return render(request, "413.html", context, status=413)
    context |= admin.site.each_context(request)
    if isinstance(exception, TooManyFieldsSent):
        context["typed"] = "\n".join(_typed(request))
    return TemplateResponse(request, "admin/413.html", context, status=413).render()


def _typed(request: HttpRequest) -> Iterator[str]:
    """Yield what was typed: a field a line, a row of a list as a line with tabs, ready to be pasted."""
    # Only this kind of body is still there; a form with files was read from the network once.
    if request.content_type != "application/x-www-form-urlencoded" or request.body.count(b"&") > SHOWN_FIELDS:
        return
    pairs = parse_qsl(request.body.decode(errors="replace"), keep_blank_values=True)
    said = [(name, value) for name, value in pairs if not _SILENT.fullmatch(name)]
    for row, cells in groupby(said, key=lambda pair: _row_of(pair[0])):
        values = list(filter(None, (" ".join(value.split()) for _name, value in cells)))
        yield from ["\t".join(values)] if row and values else values


def _row_of(name: str) -> tuple[str, str] | None:
    found = _ROW.fullmatch(name)
    return (found["list"], found["number"]) if found else None

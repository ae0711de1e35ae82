"""The screens of a list: its rows by the page, one row, rows to delete or move, a pasted table."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from foundation.inserting.rows import insert_all
from foundation.language.numbers import format_number
from foundation.sheets.doubts import by_cause
from records.formsets import place_last
from records.lists.changing import Asked, RowsRefused, change_rows, require_change
from records.lists.forms import TableForm, row_form, seen_version
from records.lists.pasting import TableReport, read_rows
from records.lists.row_list import PER_PAGE

PREVIEWED = 50  # rows of a table that was read


def list_page(asked: Asked) -> HttpResponse:
    """Shows a page of rows; a POST deletes or moves the chosen ones."""
    if asked.request.method != "POST":
        return _list(asked)
    chosen = {int(key) for key in asked.request.POST.getlist("row") if key.isdecimal() and len(key) < 19}
    rows = asked.row_list.rows(asked.record).filter(pk__in=chosen)
    names = {row.pk: asked.row_list.name_of(row) for row in rows}
    try:
        require_change(asked)
        if not names:
            raise RowsRefused("Chưa chọn dòng nào. Hãy đánh dấu ở đầu dòng rồi bấm lần nữa.")
        if asked.request.POST.get("act") == "move":
            _move(asked, names)
        elif why := asked.row_list.why_kept(rows):
            raise RowsRefused(why)
        elif "sure" not in asked.request.POST:
            return _ask(asked, names)
        else:
            _delete(asked, names)
    except RowsRefused as refusal:
        return _list(asked, refused=str(refusal), status=409)
    return HttpResponseRedirect(asked.request.get_full_path())


def _move(asked: Asked, chosen: Collection[int]) -> None:
    after = asked.request.POST.get("after", "").strip()
    if not after.isdecimal() or len(after) > 5:
        raise RowsRefused("Hãy ghi số của dòng mà các dòng đã chọn sẽ đứng sau; ghi 0 để lên đầu danh sách.")

    def write() -> str:
        asked.row_list.move(asked.record, chosen, int(after))
        return f"Đã xếp lại thứ tự {len(chosen)} {asked.row_list.one}."

    change_rows(asked, seen_version(asked.request), write)
    messages.success(asked.request, f"Đã chuyển {len(chosen)} dòng.")


def _delete(asked: Asked, names: dict[int, str]) -> None:
    def write() -> Any:
        asked.row_list.rows(asked.record).filter(pk__in=names).delete()
        return [{"deleted": {"name": asked.row_list.one, "object": name}} for name in names.values()]

    change_rows(asked, seen_version(asked.request), write)
    messages.success(asked.request, f"Đã xóa {len(names)} {asked.row_list.one}.")


def _list(asked: Asked, *, refused: str = "", status: int = 200) -> HttpResponse:
    words = asked.request.GET.get("q", "")
    keys = asked.row_list.keys(asked.record, asked.reader)
    number = {key: place for place, key in enumerate(keys, start=1)}
    found = asked.row_list.matching(asked.record, words, asked.reader) if words.strip() else keys
    page = Paginator(found, PER_PAGE).get_page(asked.request.GET.get("trang"))
    rows = {row.pk: row for row in asked.row_list.rows(asked.record).filter(pk__in=page.object_list)}
    may_change = asked.may_change
    has_links = may_change or asked.row_list.row_url is not None
    shown = [
        {
            "key": key,
            "number": number[key],
            "cells": asked.row_list.cells(rows[key]),
            "url": asked.admin.row_address(asked.record, asked.row_list, rows[key]) if has_links else "",
            "is_chosen": str(key) in asked.request.POST.getlist("row"),
        }
        for key in page.object_list
        if key in rows
    ]
    context = _context(asked) | {
        "rows": shown,
        "page": page,
        "pages": _pages(asked.request, page),
        "total": len(keys),
        "total_words": format_number(len(keys)),
        "found_words": format_number(len(found)),
        "words": words,
        "refused": refused,
        "after": asked.request.POST.get("after", ""),
        "may_change": may_change,
    }
    return TemplateResponse(asked.request, "admin/records/list.html", context, status=status)


def _pages(request: HttpRequest, page: Any) -> dict[str, Any]:
    """Return what the pager shows; the page number stands in the address beside the searched words."""

    def address(number: int) -> str:
        query = request.GET.copy()
        query["trang"] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "newer": address(page.number - 1) if page.has_previous() else "",
        "older": address(page.number + 1) if page.has_next() else "",
        "numbers": [
            {"is_gap": True}
            if not isinstance(number, int)
            else {
                "number": number,
                "url": address(number),
                "current": number == page.number,
                "is_last": number == page.paginator.num_pages,
            }
            for number in numbers
        ]
        if page.paginator.num_pages > 1
        else [],
    }


def _ask(asked: Asked, names: dict[int, str]) -> HttpResponse:
    context = _context(asked)
    context |= {"names": names, "seen_version": asked.request.POST.get("seen_version", "")}
    return TemplateResponse(asked.request, "admin/records/delete_rows.html", context)


def edit_row(asked: Asked, row_id: int | None = None) -> HttpResponse:
    """The form of one row, or of a new one; what was typed stays when it is refused."""
    row_list, record = asked.row_list, asked.record
    row = row_list.rows(record).filter(pk=row_id).first() if row_id else row_list.new_row(record)
    if row is None:
        return _gone(asked)
    if asked.request.method != "POST" and not asked.may_change:
        raise PermissionDenied
    shown = row_form(asked, row)
    form, refused, status = shown.form, "", 200
    if asked.request.method == "POST":
        try:
            require_change(asked)
            # A request without a word leaves the form unbound, which Django's form of a row does not expect.
            if form.is_bound and form.is_valid():
                asked.row_list.check(form)
            if form.is_bound and form.is_valid():
                _save_row(asked, form, is_new=row_id is None)
                return _after_row(asked, row)
        except RowsRefused as refusal:
            refused, status = str(refusal), 409
    return _row_page(asked, shown, refused=refused, row_id=row_id, status=status)


def _gone(asked: Asked) -> HttpResponse:
    """Answer for a row that somebody has deleted meanwhile: its words can be saved as a new row."""
    if asked.request.method != "POST":
        messages.warning(asked.request, "Dòng này không còn trong danh sách.")
        return HttpResponseRedirect(asked.admin.list_address(asked.record, asked.row_list))
    words = "Dòng này vừa bị xóa ở nơi khác. Muốn giữ chữ đã gõ, hãy bấm Lưu để thêm lại thành dòng mới."
    try:
        require_change(asked)
    except RowsRefused as refusal:
        words = str(refusal)
    shown = row_form(asked, asked.row_list.new_row(asked.record))
    return _row_page(asked, shown, refused=words, row_id=None, status=409)


def _row_page(
    asked: Asked, shown: AdminForm, *, row_id: int | None, refused: str = "", status: int = 200
) -> HttpResponse:
    context = _context(asked) | {
        "title": str(shown.form.instance) if row_id else f"Thêm {asked.row_list.one}",
        "adminform": shown,
        "errors": shown.form.errors,
        "refused": refused,
        "is_new": row_id is None,
        "may_change": asked.may_change,
        "media": asked.admin.media + shown.media,
    }
    return TemplateResponse(asked.request, "admin/records/row.html", context, status=status)


def _save_row(asked: Asked, form: Any, *, is_new: bool) -> None:
    """Save the form's row; an unchanged one is left alone."""
    if not is_new and not form.has_changed():
        return

    def write() -> Any:
        if is_new and asked.row_list.is_ordered:
            place_last([form.instance], asked.row_list.rows(asked.record))
        row = form.save()
        said = {"name": asked.row_list.one, "object": str(row)}
        if is_new:
            return [{"added": said}]
        return [{"changed": said | {"fields": [form.fields[name].label for name in form.changed_data]}}]

    change_rows(asked, seen_version(asked.request), write)


def _after_row(asked: Asked, row: Any) -> HttpResponse:
    messages.success(asked.request, f"Đã lưu {asked.row_list.one} “{row}”.")
    if "_addanother" in asked.request.POST:
        return HttpResponseRedirect(asked.admin.list_address(asked.record, asked.row_list, "add"))
    page = asked.row_list.keys(asked.record).index(row.pk) // PER_PAGE + 1
    address = asked.admin.list_address(asked.record, asked.row_list)
    return HttpResponseRedirect(f"{address}?trang={page}" if page > 1 else address)


def paste_rows(asked: Asked) -> HttpResponse:
    """Checks a table; the second button saves it. A table with one wrong line is not saved at all."""
    if asked.row_list.table is None:
        messages.info(
            asked.request, f"Danh sách {asked.row_list.one} không dán bảng được; hãy thêm từng dòng."
        )
        return HttpResponseRedirect(asked.admin.list_address(asked.record, asked.row_list))
    if asked.request.method != "POST" and not asked.may_change:
        raise PermissionDenied
    table = asked.row_list.table(asked.record)
    form = TableForm(asked.request.POST or None, asked.request.FILES or None)
    report, refused, status = None, "", 200
    if asked.request.method == "POST" and form.is_valid():
        report = read_rows(form.cleaned_data["text"], table)
        try:
            require_change(asked)
            if "save" in asked.request.POST and not report.errors and not form.cleaned_data["upload"]:
                _save_table(asked, report)
                return HttpResponseRedirect(asked.admin.list_address(asked.record, asked.row_list))
        except RowsRefused as refusal:
            refused, status = str(refusal), 409
    context = _context(asked) | {
        "title": f"Dán bảng: {asked.row_list.label.lower()}",
        "form": form,
        "report": report,
        "errors": by_cause(report.errors) if report else [],
        "wrong": len(report.errors) if report else 0,
        "found": f"{len(report.rows)} {asked.row_list.one}" if report and not refused else "",
        "notes": [*form.notes, *(report.notes if report else ())],
        "preview": [asked.row_list.cells(row) for row in report.rows[:PREVIEWED]] if report else [],
        "beyond": max(len(report.rows) - PREVIEWED, 0) if report else 0,
        "table": table,
        "refused": refused,
    }
    return TemplateResponse(asked.request, "admin/records/paste.html", context, status=status)


def _save_table(asked: Asked, report: TableReport) -> None:
    def write() -> str:
        if asked.row_list.is_ordered:
            place_last(report.rows, asked.row_list.rows(asked.record))
        insert_all(report.rows)
        return f"Đã thêm {len(report.rows)} {asked.row_list.one} từ bảng."

    change_rows(asked, seen_version(asked.request), write)
    messages.success(asked.request, f"Đã thêm {format_number(len(report.rows))} {asked.row_list.one}.")


def _context(asked: Asked) -> dict[str, Any]:
    current = type(asked.record)._base_manager.values_list("version", flat=True).get(pk=asked.record.pk)
    return asked.admin.admin_site.each_context(asked.request) | {
        "title": asked.row_list.label,
        "opts": asked.admin.opts,
        "original": asked.record,
        "row_list": asked.row_list,
        "seen_version": current,
        "urls": asked.admin.list_addresses(asked.record, asked.row_list),
    }

"""The proof sheet, and the words of one sheet."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from departments.access import owner_id
from press.admin.asked import Asked
from press.enums import Face
from press.forms import SheetWordsForm
from press.letters import letters_words, missing_letters
from press.proofs import confirm_read, may_read, readings_of, unread, why_not_reader
from press.sheets import change_words, digest_of, sheets_of
from press.starting import templates_for
from press.subjects import Sheet, Subject

_SEEN = "thay-"  # begins the fields that carry the digest of each sheet as it was shown


def proof_page(asked: Asked) -> HttpResponse:
    """Every word of every sheet, to be read by somebody who did not type them."""
    request, subject, record = asked.request, asked.subject, asked.record
    sheets = sheets_of(subject, record)
    why_not = why_not_reader(request.user, subject, record, sheets)
    if request.method == "POST" and not why_not:
        seen = {key.removeprefix(_SEEN): request.POST[key] for key in request.POST if key.startswith(_SEEN)}
        with transaction.atomic():
            count = confirm_read(subject, record, sheets, seen, request.user)
        if count == len(sheets):
            messages.success(request, f"Đã ghi: bạn đã đọc {count} tờ và thấy đúng.")
        else:
            messages.warning(
                request, f"Đã ghi {count} tờ. {len(sheets) - count} tờ vừa đổi chữ, hãy đọc lại các tờ ấy."
            )
        return HttpResponseRedirect(asked.address("print_proof"))
    not_read = {sheet.key for sheet in unread(subject, record, sheets)}
    context = asked.context(f"Bản bông {subject.noun}: {record}") | {
        "columns": [one.label for one in subject.fields if one.read],
        "rows": [_row(sheet, subject, number, not_read) for number, sheet in enumerate(sheets, 1)],
        "unread": len(not_read),
        "why_not": why_not,
        "readings": readings_of(record),
        "may_print": request.user.has_perm(subject.permission, record),
    }
    return TemplateResponse(request, "admin/press/proof.html", context)


proof_page.may_open = may_read  # type: ignore[attr-defined]


def _row(sheet: Sheet, subject: Subject, number: int, not_read: set[str]) -> dict[str, Any]:
    words = sheet.words | sheet.own
    return {
        "number": number,
        "cells": [(words.get(one.key, ""), one.key in sheet.own) for one in subject.fields if one.read],
        "field": f"{_SEEN}{sheet.key}",
        "digest": digest_of(sheet, subject),
        "is_read": sheet.key not in not_read,
    }


def words_page(asked: Asked, row_id: int) -> HttpResponse:
    """The words of one sheet where they differ from the register: how they are printed, where lines break."""
    sheet = next(iter(sheets_of(asked.subject, asked.record, [str(row_id)])), None)
    if sheet is None:
        raise Http404
    form = SheetWordsForm(asked.request.POST or None, subject=asked.subject, sheet=sheet)
    if asked.request.method == "POST" and form.is_valid() and _are_printable(form):
        with transaction.atomic():
            changed = change_words(asked.subject, asked.record, sheet, form.cleaned_data, asked.request.user)
        if changed:
            messages.success(
                asked.request, f"Đã lưu chữ trên tờ của {sheet.name}. Sổ khen thưởng giữ nguyên."
            )
        return HttpResponseRedirect(f"{asked.address()}?to={sheet.key}")
    template = templates_for(asked.subject, owner_id(asked.record) or 0).first()
    picture = asked.address("print_picture", template_id=template.pk, row_id=row_id) if template else ""
    context = asked.context(f"Chữ trên tờ: {sheet.name}") | {
        "form": form,
        "sheet": sheet,
        "template": template,
        "picture": picture,
    }
    return TemplateResponse(asked.request, "admin/press/words.html", context)


def _are_printable(form: SheetWordsForm) -> bool:
    """Tell at the field which letter the fonts lack."""
    for name, words in form.cleaned_data.copy().items():
        if missing := missing_letters(words, Face.TEXT):
            form.add_error(name, f"Phông chữ không có ký tự {letters_words(missing)}.")
    return form.is_valid()

"""The forms of a list's screens: one row, a pasted table."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpRequest, QueryDict

from foundation.sheets.reading import SheetRefused, read_file
from records.lists.changing import Asked


class TableForm(forms.Form):
    """The content of an uploaded file is put into `text`, where it can be read and corrected.

    `notes` are sentences about what of the file was not taken.
    """

    notes: Sequence[str] = ()

    upload = forms.FileField(
        label="Tệp .xlsx hoặc CSV",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text="Lấy trang tính đầu tiên đang hiện, đúng như Excel hiển thị. "
        "Nội dung tệp sẽ hiện ở ô bên dưới để bạn xem và sửa.",
    )
    text = forms.CharField(
        label="Hoặc dán bảng từ Excel, Word",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("upload")
        if upload:
            try:
                sheet = read_file(upload)
            except SheetRefused as refusal:
                self.add_error("upload", str(refusal))
                return cleaned
            cleaned["text"], self.notes = sheet.text, sheet.notes
            typed = cast(QueryDict, self.data).copy()
            typed["text"] = cleaned["text"]
            self.data = typed
        return cleaned


def row_form(asked: Asked, row: Any) -> AdminForm:
    """Return the form of one row, as the inline of the list has it, with the fields in their groups.

    The place in the list is not among them: rows are moved on the list's screen.
    """
    request, record, row_list = asked.request, asked.record, asked.row_list
    inline = row_list.inline(asked.admin.model, asked.admin.admin_site)
    form_class = inline.get_formset(request, record).form
    form = form_class(request.POST or None, instance=row, **row_list.form_kwargs(record))
    form.fields.pop("position", None)
    if row.pk is None:  # else the empty words of the row would hide what the fields begin with
        form.initial = {name: value for name, value in form.initial.items() if value not in (None, "")}
    groups = [
        (name, options | {"fields": _lines(options["fields"], set(form.fields))})
        for name, options in inline.get_fieldsets(request, record)
    ]
    return AdminForm(form, [group for group in groups if flatten_fieldsets([group])], {}, model_admin=inline)


def _lines(lines: Any, kept: set[str]) -> list[Any]:
    """Return the lines of a fieldset with only the fields that the form has."""
    found = []
    for line in lines:
        names = [name for name in ([line] if isinstance(line, str) else line) if name in kept]
        if names:
            found.append(names[0] if len(names) == 1 else tuple(names))
    return found


def seen_version(request: HttpRequest) -> int | None:
    """Return the version of the record that the page showed, as it was sent back."""
    sent = request.POST.get("seen_version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else None

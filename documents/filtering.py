"""What readers filter the public register by."""

import datetime
from typing import Any

from django import forms

from documents.enums import DocumentKind
from documents.querysets import OfficialDocumentQuerySet
from language.dates import parse_date
from language.vietnamese import slug
from paging.keyset import KEYS


class DocumentFilter(forms.Form):
    """GET form over the public register. A field that cannot be read is told so and filters nothing."""

    KINDS = {slug(kind.label): kind for kind in DocumentKind}

    q = forms.CharField(
        required=False,
        max_length=100,
        error_messages={
            "max_length": "Hãy gõ ngắn hơn 100 chữ; phần này chưa được dùng để lọc.",
            "null_characters_not_allowed": "Có ký tự không đọc được; phần này chưa được dùng để lọc.",
        },
    )
    loai = forms.ChoiceField(
        required=False,
        choices=[("", "Tất cả loại"), *((address, kind.label) for address, kind in KINDS.items())],
    )
    tu = forms.CharField(required=False, max_length=40)
    hieu_luc = forms.ChoiceField(required=False, choices=[("", "Tất cả"), ("con", "Còn hiệu lực")])

    ORDER, OLDEST = "sap", "cu"  # kept beside the filters, narrows nothing

    def clean_tu(self) -> Any:
        typed = self.cleaned_data["tu"]
        if not typed:
            return None
        if day := parse_date(typed):
            return day
        raise forms.ValidationError("Chưa lọc theo ngày: hãy ghi ngày/tháng/năm có thật, ví dụ 05/09/2025.")

    def is_used(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    @property
    def oldest_first(self) -> bool:
        return self.data.get(self.ORDER) == self.OLDEST

    @property
    def turned_url(self) -> str:
        """The same question in the other order, from its beginning."""
        asked = self.data.copy()
        for name in (*KEYS, self.ORDER):
            asked.pop(name, None)
        if not self.oldest_first:
            asked[self.ORDER] = self.OLDEST
        return f"?{asked.urlencode()}"

    def narrow(self, rows: OfficialDocumentQuerySet, today: datetime.date) -> OfficialDocumentQuerySet:
        """The rows that every readable field lets through."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("q"):
            rows = rows.matching(asked["q"])
        if asked.get("loai"):
            rows = rows.filter(kind=self.KINDS[asked["loai"]])
        if asked.get("tu"):
            rows = rows.filter(issued_on__gte=asked["tu"])
        if asked.get("hieu_luc"):
            rows = rows.in_force(today)
        return rows

    def options(self) -> dict[str, list[dict[str, Any]]]:
        """What the select component draws, by field."""
        return {
            name: [
                {"value": value, "label": label, "selected": self.data.get(name, "") == value}
                for value, label in self.fields[name].choices
            ]
            for name in ("loai", "hieu_luc")
        }

"""The filters of the public register."""

import datetime
from typing import Any, NamedTuple

from django import forms

from documents.enums import DocumentKind
from documents.querysets import OfficialDocumentQuerySet
from foundation.language.dates import parse_date
from foundation.language.fields import LineField
from foundation.language.vietnamese import slug
from foundation.paging.keyset import KEYS


class SortOrder(NamedTuple):
    """One order of the list. Of the two orders of a column, the one of the first click comes first."""

    address: str
    label: str
    key: str
    rising: bool
    onward: str  # in words: what is further down such a list, and further up
    back: str

    @property
    def direction(self) -> str:
        return "ascending" if self.rising else "descending"


ORDERS = (
    SortOrder("", "Mới nhất trước", "issued_on", False, "Cũ hơn", "Mới hơn"),
    SortOrder("cu", "Cũ nhất trước", "issued_on", True, "Mới hơn", "Cũ hơn"),
    SortOrder("so", "Số nhỏ trước", "number_order", True, "Số lớn hơn", "Số nhỏ hơn"),
    SortOrder("so-lon", "Số lớn trước", "number_order", False, "Số nhỏ hơn", "Số lớn hơn"),
)


class DocumentFilter(forms.Form):
    """GET form of the public register. An unreadable field shows an error and filters nothing."""

    KINDS = {slug(kind.label): kind for kind in DocumentKind}

    q = LineField(
        required=False,
        max_length=100,
        error_messages={"max_length": "Hãy gõ ngắn hơn 100 chữ; phần này chưa được dùng để lọc."},
    )
    loai = forms.ChoiceField(
        required=False,
        choices=[("", "Tất cả"), *((address, kind.label) for address, kind in KINDS.items())],
    )
    tu = LineField(required=False, max_length=40)
    hieu_luc = forms.ChoiceField(required=False, choices=[("", "Tất cả"), ("con", "Còn hiệu lực")])

    ORDER = "sap"  # kept beside the filters; filters nothing

    def clean_tu(self) -> Any:
        typed = self.cleaned_data["tu"]
        if not typed:
            return None
        if day := parse_date(typed):
            return day
        raise forms.ValidationError("Chưa lọc theo ngày: hãy ghi ngày/tháng/năm có thật, ví dụ 05/09/2025.")

    def is_used(self) -> bool:
        """Return whether any field filters the list."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the fields under which the page may be kept: those with a choice that the form knows."""
        self.is_valid()
        return tuple(name for name in ("loai", "hieu_luc") if self.cleaned_data.get(name))

    @property
    def order(self) -> SortOrder:
        """Return the chosen order."""
        return next((one for one in ORDERS if one.address == self.data.get(self.ORDER)), ORDERS[0])

    def orders(self) -> list[dict[str, Any]]:
        """Return the orders to choose from, each with the address of its first page."""
        return [
            {"label": one.label, "url": self._in_order(one), "current": one is self.order} for one in ORDERS
        ]

    def columns(self) -> dict[str, dict[str, Any]]:
        """Return what the headings of sortable columns show and link to, by the order's key."""
        heads = {}
        for key in ("number_order", "issued_on"):
            first, turned = (one for one in ORDERS if one.key == key)
            following = turned if self.order is first else first
            heads[key] = {
                "sorted": self.order.direction if self.order.key == key else "",
                "url": self._in_order(following),
                "hint": f"xếp {following.label.lower()}",
            }
        return heads

    def _in_order(self, order: SortOrder) -> str:
        asked = self.data.copy()
        for name in (*KEYS, self.ORDER):
            asked.pop(name, None)
        if order.address:
            asked[self.ORDER] = order.address
        return f"?{asked.urlencode()}"

    def narrow(self, rows: OfficialDocumentQuerySet, today: datetime.date) -> OfficialDocumentQuerySet:
        """Return the rows that match every readable field."""
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
        """Return the options of the select components, by field."""
        return {
            name: [
                {"value": value, "label": label, "selected": self.data.get(name, "") == value}
                for value, label in self.fields[name].choices
            ]
            for name in ("loai", "hieu_luc")
        }

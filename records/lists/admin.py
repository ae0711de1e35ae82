"""The admin of a record with lists of rows: short lists in its form, long ones on their own screens."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from approvals.enums import RecordStatus
from foundation.language.numbers import format_number
from foundation.pagestore.announcing import announce
from records.admin import RecordAdminMixin
from records.below import Screens, address_below, paths_below
from records.lists import screens
from records.lists.changing import Asked
from records.lists.row_list import SHORT, RowList

FIRST_ROWS = 3  # shown beside the link to a long list
_SCREENS: Screens = {
    "list_rows": ("", screens.list_page),
    "list_add": ("them/", screens.edit_row),
    "list_paste": ("dan/", screens.paste_rows),
    "list_row": ("<int:row_id>/", screens.edit_row),
}


class ListedRecordAdminMixin(RecordAdminMixin):
    """A `RecordAdminMixin` that names the record's lists in `row_lists`."""

    row_lists: tuple[RowList, ...] = ()

    def get_urls(self) -> list:
        pages = paths_below(self, "danh-sach/<slug:part>", _SCREENS, self._screen)
        return [*pages, *super().get_urls()]

    def _screen(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def screen(request: HttpRequest, object_id: int, part: str, **more: int) -> HttpResponse:
            record = self.get_object(request, str(object_id))
            row_list = next((one for one in self.row_lists if one.slug == part), None)
            if record is None or row_list is None:
                if request.method == "POST":  # a redirect would say that the words are saved
                    raise Http404
                messages.warning(request, "Danh sách này không còn ở đây.")
                return HttpResponseRedirect(reverse("admin:index"))
            if not self.has_view_permission(request, record):
                raise PermissionDenied
            return view(Asked(self, request, record, row_list), **more)

        return screen

    # --- addresses ---------------------------------------------------------------------------------------

    def list_address(self, record: Any, row_list: RowList, screen: str = "rows") -> str:
        return address_below(self, record, f"list_{screen}", part=row_list.slug)

    def list_addresses(self, record: Any, row_list: RowList) -> dict[str, str]:
        """Return the addresses of the list's screens by name; no `paste` where nothing can be pasted."""
        found = {screen: self.list_address(record, row_list, screen) for screen in ("rows", "add")}
        if row_list.paste_url:
            found["paste"] = row_list.paste_url(record)
        elif row_list.table:
            found["paste"] = self.list_address(record, row_list, "paste")
        return found

    def row_address(self, record: Any, row_list: RowList, row: Any) -> str:
        if row_list.row_url:
            return row_list.row_url(row)
        return address_below(self, record, "list_row", part=row_list.slug, row_id=row.pk)

    # --- the form of the record --------------------------------------------------------------------------

    def get_inlines(self, request: HttpRequest, obj: Any) -> list:
        """A long list is not in the form; rows that were sent are, so that none is lost.

        Whoever only reads has no rows in the form: the page shows them as readers will see them.
        """
        if obj is not None and not self.has_change_permission(request, obj):
            return []
        inlines = super().get_inlines(request, obj)
        lists = {row_list.inline: row_list for row_list in self.row_lists}
        return [one for one in inlines if one not in lists or self._in_form(request, obj, lists[one])]

    def _in_form(self, request: HttpRequest, record: Any, row_list: RowList) -> bool:
        if record is None:
            return True
        return (
            row_list.is_sent(request) if request.method == "POST" else row_list.rows(record).count() <= SHORT
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = kwargs.get("obj")
        if record is not None:
            context["row_lists"] = [self._summary(request, record, one) for one in self.row_lists]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """The button `_list` names a list: the new record is saved, and a table for it is asked for."""
        answer = super().response_add(request, obj, post_url_continue)
        if "_list" not in request.POST:
            return answer
        pasted = [one for one in self.row_lists if one.table or one.paste_url]
        row_list = next((one for one in pasted if one.slug == request.POST["_list"]), pasted[0])
        return HttpResponseRedirect(self.list_addresses(obj, row_list)["paste"])

    def _summary(self, request: HttpRequest, record: Any, row_list: RowList) -> dict[str, Any]:
        reader = None if self.has_change_permission(request, record) else request.user
        rows = row_list.rows(record, reader)
        count = rows.count()
        first = list(rows[:FIRST_ROWS]) if count > SHORT else []
        return {
            "label": row_list.label,
            "count": format_number(count),
            "first": [row_list.name_of(row) for row in first],
            "beyond": format_number(count - len(first)),
            "urls": self.list_addresses(record, row_list),
        }

    # --- what follows a change of rows --------------------------------------------------------------------

    def why_locked(self, request: HttpRequest, record: Any) -> str:
        """Return why nobody can change the record now; empty if only permissions decide."""
        return ""

    def rows_changed(self, request: HttpRequest, record: Any) -> None:
        """Called in the transaction that changed rows of a record; its version is raised already."""
        record.writers.add(request.user)
        if any(field.name == "changed_at" for field in self.opts.fields):
            self.model._base_manager.filter(pk=record.pk).update(changed_at=timezone.now())
        if record.status == RecordStatus.PUBLIC:
            self.public_record_changed(request, record, frozenset())
        announce(record, *(row_list.model for row_list in self.row_lists))

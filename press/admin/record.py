"""The admin of a record whose sheets can be printed: the addresses of the press below the record's own."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from press.admin import files, proof_screens, screens
from press.admin.asked import Asked
from press.proofs import may_read
from press.subjects import Subject
from records.below import Screens, address_below, paths_below, record_of

_SCREENS: Screens = {
    "print": ("", screens.print_page),
    "print_progress": ("tien-do/", screens.progress),
    "print_proof": ("ban-bong/", proof_screens.proof_page),
    "print_words": ("to/<int:row_id>/", proof_screens.words_page),
    "print_picture": ("xem/<int:template_id>/<int:row_id>.png", files.sheet_picture),
    "print_file": ("<int:run_id>/<slug:which>/", files.take_file),
}


def may_print(user: Any, subject: Subject, record: Any) -> bool:
    return bool(user.has_perm(subject.permission, record))


class PrintedRecordAdminMixin:
    """A ModelAdmin that names the record's `print_subject`."""

    print_subject: Subject

    def get_urls(self) -> list:
        pages = paths_below(self, "in", _SCREENS, self._printing_page)
        return [*pages, *super().get_urls()]  # type: ignore[misc]

    def print_address(self, record: Any, screen: str = "print", **more: Any) -> str:
        return address_below(self, record, screen, **more)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = kwargs.get("obj")
        if record is not None and request.user.has_perm(self.print_subject.permission, record):
            context["print_url"] = self.print_address(record)
        elif record is not None and may_read(request.user, self.print_subject, record):
            context["proof_url"] = self.print_address(record, "print_proof")
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _printing_page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def page(request: HttpRequest, object_id: int, **more: Any) -> HttpResponse:
            record = record_of(self, request, object_id)
            asked = Asked(self, request, record, self.print_subject)
            may_open = getattr(view, "may_open", may_print)
            if not may_open(request.user, self.print_subject, record):
                raise PermissionDenied
            return view(asked, **more)

        return page

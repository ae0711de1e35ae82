"""The admin of a record whose files are signed: the screen of signing below the record's own page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from records.below import Screens, address_below, paths_below, record_of
from signing.admin import screens
from signing.subjects import Signable

_SCREENS: Screens = {
    "sign": ("", screens.sign_page),
    "sign_progress": ("tien-do/", screens.progress),
    "sign_waiting": ("cho-ky/", screens.take_waiting),
    "sign_signed": ("da-ky/", screens.take_signed),
}


@dataclass
class Asked:
    """One request about the signing of one record; the permission is checked already."""

    admin: Any
    request: HttpRequest
    record: Any
    signable: Signable

    def address(self, screen: str = "sign") -> str:
        address: str = self.admin.sign_address(self.record, screen)
        return address


class SignedRecordAdminMixin:
    """A ModelAdmin that names the record's `signable`."""

    signable: Signable

    def get_urls(self) -> list:
        pages = paths_below(self, "ky-so", _SCREENS, self._signing_page)
        return [*pages, *super().get_urls()]  # type: ignore[misc]

    def sign_address(self, record: Any, screen: str = "sign") -> str:
        return address_below(self, record, screen)

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = kwargs.get("obj")
        if record is not None and request.user.has_perm(self.signable.permission, record):
            context["sign_url"] = self.sign_address(record)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _signing_page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def page(request: HttpRequest, object_id: int) -> HttpResponse:
            record = record_of(self, request, object_id)
            if not request.user.has_perm(self.signable.permission, record):
                raise PermissionDenied
            return view(Asked(self, request, record, self.signable))

        return page

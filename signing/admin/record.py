"""The admin of a record whose files are signed: the screen of signing below the record's own page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse

from signing.admin import screens
from signing.subjects import Signable

_SCREENS: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
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
    admin_site: Any
    opts: Any

    def get_urls(self) -> list:
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        pages = [
            path(
                f"<int:object_id>/ky-so/{end}",
                self.admin_site.admin_view(self._signing_page(view)),
                name=f"{prefix}_{name}",
            )
            for name, (end, view) in _SCREENS.items()
        ]
        return [*pages, *super().get_urls()]  # type: ignore[misc]

    def sign_address(self, record: Any, screen: str = "sign") -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{screen}"
        return reverse(name, kwargs={"object_id": record.pk})

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = kwargs.get("obj")
        if record is not None and request.user.has_perm(self.signable.permission, record):
            context["sign_url"] = self.sign_address(record)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def _signing_page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def page(request: HttpRequest, object_id: int) -> HttpResponse:
            record = self.get_object(request, str(object_id))  # type: ignore[attr-defined]
            if record is None:
                raise Http404
            if not request.user.has_perm(self.signable.permission, record):
                raise PermissionDenied
            return view(Asked(self, request, record, self.signable))

        return page

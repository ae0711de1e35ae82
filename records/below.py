"""Pages below the page of one record in the admin: their addresses, and the record they are about."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

View = Callable[..., HttpResponse]
Screens = Mapping[str, tuple[str, View]]


def paths_below(
    model_admin: Any, part: str, screens: Screens, guard: Callable[[View], View]
) -> list[URLPattern]:
    """Return a path for each screen, `<record>/<part>/<end>`; `screens` are (end, view) by name.

    `guard` turns a screen's view into one that takes the request and `object_id`, and asks the permission.
    """
    prefix = _prefix(model_admin)
    return [
        path(
            f"<int:object_id>/{part}/{end}",
            model_admin.admin_site.admin_view(guard(view)),
            name=f"{prefix}_{name}",
        )
        for name, (end, view) in screens.items()
    ]


def address_below(model_admin: Any, record: Any, screen: str, **more: Any) -> str:
    """Return the address of one of the record's screens; `more` are the parts of its end."""
    return reverse(f"admin:{_prefix(model_admin)}_{screen}", kwargs={"object_id": record.pk} | more)


def record_of(model_admin: Any, request: HttpRequest, object_id: int) -> Any:
    """Return the record, as the admin's own pages find it. Raises Http404."""
    record = model_admin.get_object(request, str(object_id))
    if record is None:
        raise Http404
    return record


def _prefix(model_admin: Any) -> str:
    return f"{model_admin.opts.app_label}_{model_admin.opts.model_name}"

"""Whether this site pays fees: off until an administrator names the unit that pays."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from departments.access import scope
from fees.models import Payer
from fees.querysets import VIEW


def payer_now() -> Payer | None:
    """Return the unit that pays; None while the room is off."""
    return Payer.objects.select_related("department").filter(is_on=True).first()


def may_open(user: Any) -> bool:
    """Whether the room is there for the user: it is on, and they see the months of who pays."""
    units = scope(user, VIEW)
    return bool(units) and Payer.objects.filter(is_on=True, department__in=units).exists()


def while_on(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make the view answer 404 while the room is off, as if it had no address."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if payer_now() is None:
            raise Http404
        return view(request, *args, **kwargs)

    return page

"""Between password and second factor a session opens nothing."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from second_factor.standing import enter


class DoorMiddleware:
    """Make `request.user` a stranger until the second factor was shown, where one is due.

    After django_otp's middleware. Lazy, so that pages which ask for nobody make no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = request.user
        cast(Any, request).user = SimpleLazyObject(lambda: enter(request, found))
        return self.get_response(request)

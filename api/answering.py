"""What every answer of the API shares: kept pages, a rate limit, errors as JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError
from ninja.renderers import JSONRenderer
from ninja.throttling import BaseThrottle

from foundation.language.written import write_json
from foundation.limiting.limits import count_ask
from foundation.limiting.visitors import network_of
from foundation.pagestore.keeping import keep_page


class Plain(JSONRenderer):
    """JSON with Vietnamese letters instead of escapes."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return write_json(data, request.path, cls=self.encoder_class)


class ByVisitor(BaseThrottle):
    """Counts by network address, as the other limits do; answers from the page store are not counted."""

    def allow_request(self, request: HttpRequest) -> bool:
        request.api_wait = count_ask("api", network_of(request))
        return not request.api_wait


def kept(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the answer of an operation that called `shows`."""

    @wraps(run)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = run(request, *args, **kwargs)
        tags = getattr(request, "api_shows", None)
        if tags and response.status_code == 200:
            keep_page(request, response, tags, query=("before",))
        return response

    return answered


def shows(request: HttpRequest, *tags: str) -> None:
    """Set the tags of the answer; purging one of them drops it."""
    request.api_shows = set(tags)


def keep_nothing(request: HttpRequest) -> None:
    """The answer is not kept: its address was invented."""
    request.api_shows = set()


def refuse_plainly(api: NinjaAPI) -> None:
    """Register handlers that answer errors in Vietnamese, as {"detail": …}."""

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, refusal: Http404) -> HttpResponse:
        words = str(refusal) or "Không có mục này, hoặc mục này không công khai."
        return api.create_response(request, {"detail": words}, status=404)

    @api.exception_handler(ValidationError)
    def unreadable(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
        names = ", ".join(sorted({str(error["loc"][-1]) for error in refusal.errors}))
        return api.create_response(request, {"detail": f"Tham số không đọc được: {names}."}, status=422)

    @api.exception_handler(Throttled)
    def too_many(request: HttpRequest, refusal: Throttled) -> HttpResponse:
        words = "Bạn hỏi quá nhanh. Hãy chờ ít phút rồi hỏi lại."
        response = api.create_response(request, {"detail": words}, status=429)
        response.headers["Retry-After"] = str(request.api_wait)
        return response

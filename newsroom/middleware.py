"""Headers of every response besides Django's own, refusals before a view, and compression of text."""

import logging
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.urls import resolve
from django.utils.cache import patch_vary_headers

from accounts.hashing import TooBusyError
from foundation.language.written import writable_bytes
from foundation.limiting.limits import too_many
from foundation.pagestore.serving import is_anonymous, takes_gzip

BUSY = 10  # seconds after which somebody who got no turn tries again
OFFICE = "/admin/"
OTHER_HOST = "Máy chủ này không phục vụ tên miền đó.\n"
log = logging.getLogger("newsroom.hosts")
POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class OwnHostMiddleware:
    """Answer requests for another host in one line: anybody can send them, and they fill no log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            log.info("refused a request for another host")
            return HttpResponse(OTHER_HOST, status=400, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class HealthMiddleware:
    """Answer monitors before anything asks for the host: they call the machine by its number."""

    PATHS = ("/healthz", "/readyz", "/metrics")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in self.PATHS:
            return resolve(request.path_info).func(request)
        return self.get_response(request)


class BusyMiddleware:
    """Answer 503 in words when so many people sign in at once that a password did not get its turn."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TooBusyError):
            return too_many(BUSY, "busy.html", status=503)
        return None


class PermissionsPolicyMiddleware:
    """Say on every response, errors included, that the site uses no sensors of the device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response


class AskAgainMiddleware:
    """Make browsers revalidate responses that they would keep for ever: what moved may move back.

    Without Cache-Control they keep 301, 308, 404 and 410 as long as they like (RFC 9110, 15.1).
    """

    REMEMBERED = (301, 308, 404, 410)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in self.REMEMBERED:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


class PrivateAnswersMiddleware:
    """Let no shared cache keep what somebody with a session gets, whatever the view says for readers.

    In the office nothing is kept at all. Stands inside the static files, which are the same for everybody.
    """

    SHARED = ("public", "s-maxage")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_anonymous(request.META):
            response.headers["Cache-Control"] = self._private(request, response)
            patch_vary_headers(response, ("Cookie",))
            for name in ("CDN-Cache-Control", "Cache-Tag"):  # for the caches in front
                response.headers.pop(name, None)
        return response

    def _private(self, request: HttpRequest, response: HttpResponse) -> str:
        said = response.headers.get("Cache-Control", "no-cache")
        words = [word.strip() for word in said.split(",")]
        if "no-store" not in words and request.path.startswith(OFFICE):
            return "private, no-store"
        return ", ".join(["private", *(w for w in words if w != "private" and not w.startswith(self.SHARED))])


class WritableTextMiddleware:
    """Leave out of every finished page, sitemap and calendar what no document may contain."""

    TEXT = ("text/", "application/xml", "application/json", "application/feed+json")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_text = response.headers.get("Content-Type", "").startswith(self.TEXT)
        # A kept page that answers for a database that is away is compressed and was looked at when drawn.
        if is_text and not response.streaming and "Content-Encoding" not in response.headers:
            written = writable_bytes(response.content, request.path)
            if written is not response.content:
                response.content = written
                if "Content-Length" in response.headers:  # CommonMiddleware has counted already
                    response.headers["Content-Length"] = str(len(written))
        return response


class TextGZipMiddleware(GZipMiddleware):
    """Django's, for text only: a photo or a PDF is compressed already and keeps its length and ETag."""

    PACKED = ("image/avif", "image/jpeg", "image/png", "image/webp", "application/pdf", "application/zip")

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        # The page store compresses pages that it will keep.
        will_be_kept = getattr(request, "will_be_kept", False) and hasattr(response, "kept_tags")
        if will_be_kept or response.headers.get("Content-Type", "").startswith(self.PACKED):
            return response
        if not takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):  # Django overlooks “gzip;q=0”
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)

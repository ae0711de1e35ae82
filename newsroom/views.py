"""Addresses that belong to no room: health, robots.txt, display settings, error pages."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles.public.old_addresses import new_address
from newsroom import display
from newsroom.logs.request_ids import present_code

RETRY_AFTER = 30  # seconds; enough for the database to restart


@csrf_exempt  # changes only a cookie of the reader; with a token the page could not be kept
@require_POST
def display_settings(request: HttpRequest) -> HttpResponse:
    """Store the reader's text size and colours, then redirect to the page they came from."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    display.keep_choice(response, request.POST.get("chu", ""), request.POST.get("nen", ""))
    return response


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200: the process works."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer with robots.txt."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /tim-kiem/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        f"Sitemap: {settings.SITE_URL}/sitemap-tin-moi.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, or redirect if this was an address of the old site."""
    if request.method in ("GET", "HEAD") and (moved := new_address(request.get_full_path())):
        return HttpResponsePermanentRedirect(moved)
    words = request.path.strip("/").rsplit("/", 1)[-1].replace("-", " ")
    return render(request, "404.html", {"words": words}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return render(request, "403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 (503 if the database is away) without context and database, as these may be broken too.

    Django calls this while it handles the exception.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        later = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
        if request.path.startswith("/api/"):
            later["Access-Control-Allow-Origin"] = "*"
            return JsonResponse({"detail": "Máy chủ tạm nghỉ, xin hỏi lại sau."}, status=503, headers=later)
        return HttpResponse(render_to_string("503.html", {"code": present_code()}), status=503, headers=later)
    return HttpResponse(render_to_string("500.html", {"code": present_code()}), status=500)

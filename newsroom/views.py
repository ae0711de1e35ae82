"""The addresses that belong to no room: health, robots, display settings, error pages."""

import os
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from newsroom import display, heartbeat


@csrf_exempt  # changes a reader's own cookie and nothing else; a token would forbid keeping the page
@require_POST
def display_settings(request: HttpRequest) -> HttpResponse:
    """Keep the reader's text size and colours, then go back to the page they came from."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    display.keep(response, request.POST.get("chu", ""), request.POST.get("nen", ""))
    return response


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether all this machine needs is there: database, migrations, storage, the worker beside it.

    For monitoring; a load balancer asks healthz, for pages are read without the worker too.
    """
    checks = {**_database_checks(), "storage": _storage_answers(), "worker": heartbeat.is_alive()}
    ready = all(checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def _database_checks() -> dict[str, bool]:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return {"database": False, "migrations": False}
    return {"database": True, "migrations": not missing}


def _storage_answers() -> bool:
    uploads = Path(default_storage.path(""))
    try:
        uploads.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(uploads, os.W_OK)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /tim-kiem/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        f"Sitemap: {settings.SITE_URL}/sitemap-tin-moi.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    words = request.path.strip("/").rsplit("/", 1)[-1].replace("-", " ")
    return render(request, "404.html", {"words": words}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """No context and no database: whatever is broken may be broken here too."""
    return HttpResponse(render_to_string("500.html"), status=500)

"""Reading without a network: the service worker, and a page for addresses without a copy."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.pagestore.keeping import keep_page
from identity.current import site_words
from newsroom.context_processors import words_of

TEMPLATE = "offline.html"
MARK = "<!-- các trang đã lưu -->"  # where the service worker puts its list
# What a kept page needs besides its photos.
FILES = (
    "css/site.css",
    "fonts/literata-vi-600.woff2",
    "img/icon.svg",
    "js/share.js",
    "js/offline/register.js",
)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer with the service worker: its version and files, then the import of the script.

    Browsers compare these bytes at every visit, so a changed style sheet, script or offline page is a new
    version. With `OFFLINE_READING` off, the worker deletes all copies.
    """
    if settings.OFFLINE_READING:
        words = words_of(site_words())
        files = [static(name) for name in FILES] + ([words["styles"]] if words["styles"] else [])
        made_of = "\n".join([*files, render_to_string(TEMPLATE, {"site": words})])
        version = hashlib.sha256(made_of.encode()).hexdigest()[:12]
        shell = json.dumps({"version": version, "page": reverse("offline_page"), "files": files})
        script = f"self.SHELL = {shell};\n{_importing('js/offline/worker.js')}"
    else:
        script = _importing("js/offline/retire.js")
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return keep_page(request, response, "offline")


@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """The service worker keeps this page when it is installed, and adds the list of kept pages."""
    return keep_page(request, render(request, TEMPLATE), "offline")


def _importing(name: str) -> str:
    return f"importScripts({json.dumps(static(name))});\n"

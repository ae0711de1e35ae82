"""The addresses of version 1, below where newsroom.urls puts them. Loaded with the first question only."""

import json

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from api.answering import kept, shows
from api.v1 import api

PREFIX = "/api/v1/"


@require_safe
@kept
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description."""
    shows(request, "api")
    text = json.dumps(api.get_openapi_schema(path_prefix=PREFIX), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


urlpatterns = [
    path("openapi.json", description),
    path("", api.urls),
]

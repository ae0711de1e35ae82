"""The addresses of version 1, below the prefix in newsroom.urls. Imported on the first request."""

import json

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from api.answering import kept, shows
from api.v1 import api
from identity.current import site_words

PREFIX = "/api/v1/"


@require_safe
@kept
def description(request: HttpRequest) -> HttpResponse:
    """Answer with the OpenAPI description."""
    shows(request, "api")
    schema = api.get_openapi_schema(path_prefix=PREFIX)
    schema["info"]["title"] = site_words().name
    text = json.dumps(schema, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


urlpatterns = [
    path("openapi.json", description),
    path("", api.urls),
]

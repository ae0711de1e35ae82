"""The view of the API, which imports it on first use: django-ninja would slow every start by a third."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt

# The data are public, so pages of other sites may read them and the error messages.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "X-Robots-Tag": "noindex",
}
READING = "GET, HEAD, OPTIONS"
# For a browser's request before one with an extra header; valid for a day.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": READING,
}


@csrf_exempt  # only reading is allowed
def answer_api(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer a request below the API's address, with headers that let every site read it."""
    response = _answer_reading(request, rest)
    for name, value in OPEN.items():
        response.headers[name] = value
    return response


def _answer_reading(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer 404 for an unknown address, 405 for any method that writes."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    if request.method not in ("GET", "HEAD"):
        return _refused("Ở đây chỉ đọc được: hãy hỏi bằng GET.", 405)
    request.method = "GET"  # the server drops the body of HEAD; the library only knows GET
    try:
        found = resolve(f"/{rest or '-'}", urlconf="api.urls")
    except Resolver404:
        return _refused("Không có địa chỉ này. Xem /api/v1/openapi.json.", 404)
    return found.func(request, *found.args, **found.kwargs)


def _refused(words: str, status: int) -> JsonResponse:
    response = JsonResponse({"detail": words}, status=status, json_dumps_params={"ensure_ascii": False})
    if status == 405:
        response.headers["Allow"] = READING
    return response

"""How the API is reached without being loaded: its library would slow every start by a third."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt

# Public words, the same for everybody: pages of other sites may read them, refusals too.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "X-Robots-Tag": "noindex",
}
READING = "GET, HEAD, OPTIONS"
# What a browser asks before it sends a header of the page's own; it need not ask again for a day.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": READING,
}


@csrf_exempt  # answers reading only, whoever asks
def answer_api(request: HttpRequest, rest: str) -> HttpResponse:
    """The answer of `api.urls` to the address below the API's own, open to every site."""
    response = _answer_reading(request, rest)
    for name, value in OPEN.items():
        response.headers[name] = value
    return response


def _answer_reading(request: HttpRequest, rest: str) -> HttpResponse:
    """Refused in words: 404 for what is none of its addresses, 405 for whoever would write."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    if request.method not in ("GET", "HEAD"):
        return _refused("Ở đây chỉ đọc được: hãy hỏi bằng GET.", 405)
    request.method = "GET"  # the server drops the body of HEAD; the library knows GET alone
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

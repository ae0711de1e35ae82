"""How the API is reached without being loaded: its library would slow every start by a third."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


@csrf_exempt  # answers reading only, whoever asks
@require_safe
def answer(request: HttpRequest, rest: str) -> HttpResponse:
    """The answer of `api.urls` to the address below the API's own; 404 for what is none of its."""
    if request.method == "HEAD":
        request.method = "GET"  # the server drops the body; the library knows GET alone
    try:
        found = resolve(f"/{rest or '-'}", urlconf="api.urls")
    except Resolver404:
        return JsonResponse({"detail": "Không có địa chỉ này. Xem /api/v1/openapi.json."}, status=404)
    return found.func(request, *found.args, **found.kwargs)

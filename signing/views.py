"""The public page on which a signed file can be dropped."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from foundation.limiting.limits import count_ask, too_many
from foundation.limiting.visitors import network_of
from signing.checker import TooBusy
from signing.dropping import LARGEST, look_at
from signing.showing import shown_signatures

CRUMB = {"label": "Khen thưởng", "url": "/khen-thuong/"}


@csrf_exempt  # changes nothing; the form also stands on pages that are kept, which have no token
@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request: HttpRequest) -> HttpResponse:
    """Judge the file in the request; nothing of it is kept."""
    if request.method == "POST" and (wait := count_ask("check_file", network_of(request))):
        return too_many(wait)
    context, status = {}, 200
    if request.method == "POST":
        upload = request.FILES.get("tep")
        if not upload:
            context["refused"] = "Hãy chọn tệp PDF cần kiểm tra."
        elif upload.size > LARGEST:
            context["refused"] = "Tệp lớn quá 20 MB."
        else:
            try:
                found = look_at(upload.read())
                context |= {"found": found, "signatures": shown_signatures(found.signatures)}
            except TooBusy:
                context["refused"] = "Máy chủ đang kiểm tra tệp của nhiều người. Hãy thử lại sau ít phút."
                status = 503
    response = render(request, "signing/check_file.html", context | {"crumbs": [CRUMB]}, status=status)
    add_never_cache_headers(response)
    return response

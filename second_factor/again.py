"""The page that asks again (`accounts.confirming`), and the interrupted form that goes on after it.

Everything typed in that form stands, hidden, in the form of the page: one request brings the proof and the
words, and the act goes on in it. Nothing of it is kept on the server.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from accounts.confirming import FRESH, ConfirmationNeeded
from approvals.auditing import audit_act
from second_factor.keys import can_use_keys, key_words, keys_at
from second_factor.proofs import ProofRefused, prove, ways_of
from second_factor.standing import confirm, pass_second_factor

PREFIX = "confirm_"  # of the page's own fields
RELOADS = "confirm_reloads"  # sent when a page, not a form, was interrupted


def resumable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view ask again: its refusal becomes the page, the answered page goes on with the view."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if "confirm_by" in request.POST and request.user.is_authenticated:
                _take_proof(request)
            if RELOADS in request.POST:
                return HttpResponseRedirect(request.get_full_path())
            return view(request, *args, **kwargs)
        except ProofRefused as refusal:
            return _ask(request, str(refusal))
        except ConfirmationNeeded:
            return _ask(request, "")

    return answer


def _take_proof(request: HttpRequest) -> None:
    device = prove(request, request.user, request.POST)
    if device is None:
        confirm(request)
    else:
        pass_second_factor(request, device)
    audit_act("Xác nhận lại", request.user, words=device.name if device else "Mật khẩu.")


def _ask(request: HttpRequest, refusal: str) -> HttpResponse:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(PREFIX) and name != "csrfmiddlewaretoken"
        for value in values
    ]
    ways = ways_of(request.user)
    context = admin.site.each_context(request) | {
        "title": "Xác nhận lại là bạn",
        "ways": ways,
        "code_first": not (ways["key"] and can_use_keys(request)),
        "typed": typed,
        "reloads": request.method == "GET" or RELOADS in request.POST,
        "reloads_name": RELOADS,
        "refusal": refusal,
        "minutes": int(FRESH.total_seconds() // 60),
        "key_words": key_words(request) | {"nextFieldSelector": "#none"},
        "can_use_keys": can_use_keys(request),
        "keys_at": keys_at(request),
    }
    answer = TemplateResponse(request, "admin/second_factor/again.html", context, status=403)
    answer["Cache-Control"] = "no-store"
    return answer

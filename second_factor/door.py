"""The pages of the door: the second step after the password, and leaving again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST

from approvals.auditing import audit_act
from foundation.limiting.limits import count_ask, too_many
from foundation.limiting.visitors import network_of
from second_factor.again import resumable
from second_factor.keys import can_use_keys, key_words, keys_at
from second_factor.proofs import ProofRefused, prove, ways_of
from second_factor.resets import accept_code
from second_factor.standing import RESET, may_enrol, pass_second_factor, who_is_at_door

NOT_YET = (
    "Mã cấp lại chưa đúng, chưa được quản trị viên thứ hai xác nhận, hoặc đã hết hạn (30 phút). Hãy hỏi lại "
    "người đã đưa mã."
)


def second_step(request: HttpRequest) -> HttpResponse:
    """Ask whoever has given the password for the second factor; lead the others on."""
    person = who_is_at_door(request)
    if person is None:
        return HttpResponseRedirect(next_address(request))
    if may_enrol(request):
        return redirect(f"{reverse('admin:devices')}?{urlencode({'next': next_address(request)})}")
    refusal = ""
    if request.method == "POST":
        try:
            return _stepped(request, person)
        except ProofRefused as refused:
            refusal = str(refused)
    ways = ways_of(person)
    context = admin.site.each_context(request) | {
        "title": "Xác nhận thêm một bước",
        "person": person,
        "ways": ways,
        "code_first": not (ways["key"] and can_use_keys(request)),
        "refusal": refusal,
        "refused_way": request.POST.get("confirm_by", ""),
        "next": next_address(request),
        "key_words": key_words(request),
        "can_use_keys": can_use_keys(request),
        "keys_at": keys_at(request),
    }
    return TemplateResponse(request, "admin/second_factor/second_step.html", context)


def _stepped(request: HttpRequest, person: Any) -> HttpResponse:
    if request.POST.get("confirm_by") == "reset":
        if wait := count_ask("entry_code", network_of(request)):
            return too_many(wait)
        reset = accept_code(person, request.POST.get("confirm_reset", ""))
        if reset is None:
            raise ProofRefused(NOT_YET)
        request.session[RESET] = reset
        return redirect(f"{reverse('admin:devices')}?{urlencode({'next': next_address(request)})}")
    device = prove(request, person, request.POST)
    if device is None:
        raise ProofRefused("Hãy chọn một cách xác nhận.")
    pass_second_factor(request, device)
    audit_act("Đăng nhập", person, words=f"{device.name}.")
    return HttpResponseRedirect(next_address(request))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the password given at the door, so that somebody else can sign in."""
    logout(request)
    return redirect("admin:login")


def next_address(request: HttpRequest) -> str:
    """Return where the person wanted to go, if it is on this site; else the first page of the office."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_safe else resolve_url(settings.LOGIN_REDIRECT_URL)


def personal(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages about one's own devices: opened by who is inside, and at the door by who may enrol there.

    The view gets the person as its second argument. Others are led to the door.
    """

    @wraps(view)
    @resumable
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = request.user if request.user.is_authenticated else who_is_at_door(request)
        if person is None:
            return redirect(f"{reverse('admin:login')}?{urlencode({'next': request.get_full_path()})}")
        if not (request.user.is_authenticated or may_enrol(request)):
            return redirect("admin:second_step")
        return view(request, person, *args, **kwargs)

    return answer

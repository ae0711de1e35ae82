"""“Thiết bị của tôi”: what one signs in with besides the password. At the door it is the page to enrol."""

from base64 import b32encode
from typing import Any

import segno
from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST
from django_otp_webauthn.models import WebAuthnCredential

from accounts.confirming import ask_again
from foundation.choosing.boxes import row_numbers
from foundation.language.plain import clean_line
from second_factor import code_apps
from second_factor.changes import note_change, remove_device
from second_factor.door import next_address, personal
from second_factor.duty import has_device, must_have_device
from second_factor.keys import can_use_keys, key_words, keys_at
from second_factor.proofs import ProofRefused, app_of
from second_factor.recovery import CODES, count_codes, make_codes
from second_factor.resets import ResetRefused
from second_factor.standing import PASSWORD_AT, is_fresh, who_is_at_door


@personal
def devices(request: HttpRequest, person: Any) -> HttpResponse:
    """Show the person's devices; to who is at the door, how to add the first one."""
    context = {
        "title": "Thiết bị của tôi",
        "keys": WebAuthnCredential.objects.filter(user=person, confirmed=True).order_by("pk"),
        "app": app_of(person),
        "codes": count_codes(person),
        "codes_made": CODES,
        "is_duty": must_have_device(person),
        "is_duty_off": not settings.SECOND_FACTOR_ROLES,
        "has_device": has_device(person),
    }
    return _page(request, "enrol" if who_is_at_door(request) else "devices", context)


@personal
def add_key(request: HttpRequest, person: Any) -> HttpResponse:
    """The page whose button adds a passkey (keys.CompleteRegistration does it); afterwards its name."""
    if refused := _ask_before_adding(request):
        return refused
    if request.method == "POST":
        return _name_key(request, person)
    return _page(request, "add_key", {"title": "Thêm khóa truy cập"})


def _name_key(request: HttpRequest, person: Any) -> HttpResponse:
    new = row_numbers(number for number in request.POST.getlist("key") if number)
    found = WebAuthnCredential.objects.filter(user=person, pk__in=new[:1])
    name = _typed_name(request)
    if name and found.update(name=name):
        messages.success(request, f"Đã thêm khóa “{name}”.")
    return _first_codes(request, person)


@require_POST
def rename_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Call one of one's own keys by another name."""
    key = get_object_or_404(WebAuthnCredential, user=request.user, pk=pk)
    if name := _typed_name(request):
        key.name = name
        key.save(update_fields=["name"])
        messages.success(request, f"Khóa này nay tên là “{name}”.")
    return redirect("admin:devices")


@require_POST
def remove_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one of one's own keys."""
    key = get_object_or_404(WebAuthnCredential, user=request.user, pk=pk)
    return _remove(request, key, f"khóa truy cập “{key.name}”")


@require_POST
def remove_app(request: HttpRequest) -> HttpResponse:
    """Remove one's own code app."""
    app = app_of(request.user)
    return _remove(request, app, "ứng dụng mã sáu số") if app else redirect("admin:devices")


def _remove(request: HttpRequest, device: Any, what: str) -> HttpResponse:
    ask_again(request.user)
    with transaction.atomic():
        remove_device(request.user, device, what)
    messages.success(request, f"Đã gỡ {what}.")
    return redirect("admin:devices")


@personal
def add_app(request: HttpRequest, person: Any) -> HttpResponse:
    """Show the secret of a new code app as a QR code; a right code from it adds the app."""
    if refused := _ask_before_adding(request):
        return refused
    refusal = ""
    if "code" in request.POST:
        app = code_apps.shown_app(request.session, person)
        try:
            code_apps.add_app(request, app, request.POST["code"])
            messages.success(request, "Đã thêm ứng dụng mã sáu số.")
            return _first_codes(request, person)
        except (ProofRefused, ResetRefused) as refused:
            refusal = str(refused)
    else:
        app = code_apps.new_app(request.session, person)
    matrix = segno.make(app.config_url, error="m", micro=False).matrix
    secret = b32encode(app.bin_key).decode()
    context = {
        "title": "Thêm ứng dụng mã sáu số",
        "side": len(matrix) + 8,
        "path": "".join(
            f"M{x + 4} {y + 4}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
        ),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "refusal": refusal,
    }
    return _page(request, "add_app", context)


@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """Make ten new recovery codes and show them once; the old ones are void."""
    ask_again(request.user)
    return _show_codes(request, request.user) if has_device(request.user) else redirect("admin:devices")


def _typed_name(request: HttpRequest) -> str:
    return clean_line(request.POST.get("name", "")).strip()[:64]


def _first_codes(request: HttpRequest, person: Any) -> HttpResponse:
    """Show ten codes with the first device; lead on where there are some."""
    if count_codes(person) is None and request.user.is_authenticated and has_device(person):
        return _show_codes(request, person)
    return redirect(next_address(request) if _leading_on(request) else "admin:devices")


def _show_codes(request: HttpRequest, person: Any) -> HttpResponse:
    with transaction.atomic():
        codes = make_codes(person)
        note_change(person, "Lấy mười mã khôi phục mới")
    return _page(request, "codes", {"title": "Mười mã khôi phục", "codes": codes})


def _leading_on(request: HttpRequest) -> str:
    """Return what the links between these pages carry, so that one ends where one was going."""
    wanted = "next" in request.GET or "next" in request.POST
    return f"?{urlencode({'next': next_address(request)})}" if wanted else ""


def _ask_before_adding(request: HttpRequest) -> HttpResponse | None:
    """Inside, ask again; at the door, the password must have been typed just now."""
    if request.user.is_authenticated:
        ask_again(request.user)
    elif not is_fresh(request, PASSWORD_AT):
        request.session.flush()
        messages.info(request, "Đã quá lâu từ lúc gõ mật khẩu. Hãy đăng nhập lại rồi thêm.")
        return HttpResponseRedirect(next_address(request))
    return None


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "person": request.user if request.user.is_authenticated else who_is_at_door(request),
        "is_at_door": who_is_at_door(request) is not None,
        "next": next_address(request),
        "leading_on": _leading_on(request),
        "key_words": key_words(request),
        "can_use_keys": can_use_keys(request),
        "keys_at": keys_at(request),
        **context,
    }
    return TemplateResponse(request, f"admin/second_factor/{name}.html", context)

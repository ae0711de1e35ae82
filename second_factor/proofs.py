"""What a person types to show who they are: a code of the app, a recovery code, the password."""

import math
from collections.abc import Mapping
from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone
from django_otp import verify_token
from django_otp.models import Device, ThrottlingMixin
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from approvals.auditing import audit_act
from foundation.limiting.limits import wait_words
from second_factor.changes import note_change
from second_factor.recovery import codes_of, count_codes, digest_of

# After this many wrong codes the wait (1, 2, 4 … seconds, the library's) grows no further: 17 minutes.
MOST_DOUBLINGS = 11
CODE, RECOVERY, PASSWORD = "code", "recovery", "password"


class ProofRefused(Exception):
    """It was not accepted; the message says what to do."""


def ways_of(person: Any) -> dict[str, bool]:
    """Return which proofs this person can give; the password only where there is no device."""
    app, keys = app_of(person) is not None, WebAuthnCredential.objects.filter(user=person, confirmed=True)
    key = keys.exists()
    left = count_codes(person)
    return {CODE: app, "key": key, RECOVERY: bool(left and left.left), PASSWORD: not (app or key)}


def app_of(person: Any) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=person, confirmed=True).order_by("pk").first()


def prove(request: HttpRequest, person: Any, typed: Mapping[str, str]) -> Device | None:
    """Return the device that took what was typed; None for the password. Raises ProofRefused.

    `typed["confirm_by"]` says which field holds it. A recovery code is used up.
    """
    way = typed.get("confirm_by", "")
    words = typed.get(f"confirm_{way}", "")
    if way == CODE:
        return _take_code(person, app_of(person), "".join(words.split()), "Mã sáu số chưa đúng.")
    if way == RECOVERY:
        used = _take_code(person, codes_of(person), digest_of(person, words), "Mã khôi phục chưa đúng.")
        left = count_codes(person)
        note_change(person, f"Dùng một mã khôi phục, còn {left.left if left else 0} mã")
        return used
    if way == PASSWORD and ways_of(person)[PASSWORD]:
        take_password(request, person, words)
        return None
    raise ProofRefused("Hãy chọn một cách xác nhận.")


def take_password(request: HttpRequest, person: Any, typed: str) -> None:
    """Take the password of who is signed in, with the brakes of the door. Raises ProofRefused."""
    if authenticate(request, username=person.get_username(), password=typed) == person:
        return
    if wait := getattr(request, "sign_in_wait", 0):
        request.sign_in_wait = 0  # type: ignore[attr-defined]  # said here, beside the words typed before
        raise ProofRefused(f"Đã gõ sai mật khẩu nhiều lần. Hãy thử lại sau {wait_words(wait)}.")
    wrong = "Mật khẩu chưa đúng."
    audit_act("Xác nhận không được", person, about=person, words=wrong)
    raise ProofRefused(f"{wrong} Hãy gõ lại.")


def _take_code(person: Any, device: Any, token: str, wrong: str) -> Device:
    if device is None:
        raise ProofRefused("Tài khoản này chưa có cách xác nhận ấy.")
    allowed, facts = device.verify_is_allowed()
    if not allowed:
        raise ProofRefused(
            f"Vừa gõ sai. Chờ {_wait(facts)} rồi gõ mã đang hiện; gõ sớm hơn thì mã đúng cũng bị từ chối."
        )
    if not token:
        raise ProofRefused("Hãy gõ mã.")
    taken = verify_token(person, device.persistent_id, token)
    if taken is None:
        _keep_waits_bearable(device)
        audit_act("Xác nhận không được", person, about=person, words=wrong)
        device.refresh_from_db()
        _, facts = device.verify_is_allowed()
        raise ProofRefused(f"{wrong} {_advice(device)} Chờ {_wait(facts)} rồi gõ lại.")
    return taken


def _advice(device: Any) -> str:
    if not isinstance(device, TOTPDevice):
        return "Mỗi mã chỉ dùng một lần."
    return "Mỗi mã chỉ dùng một lần và chỉ trong nửa phút; xem điện thoại có đúng giờ không."


def _wait(facts: Any) -> str:
    until = (facts or {}).get("locked_until")
    return wait_words(max(1, math.ceil((until - timezone.now()).total_seconds())) if until else 1)


def _keep_waits_bearable(device: ThrottlingMixin) -> None:
    rows = type(device)._default_manager.filter(pk=device.pk)
    too_many = rows.filter(throttling_failure_count__gt=MOST_DOUBLINGS)
    too_many.update(throttling_failure_count=MOST_DOUBLINGS)

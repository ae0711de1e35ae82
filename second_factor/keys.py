"""Passkeys: the library's ceremonies, with user verification always, our words, and what follows each."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django_otp_webauthn import views
from django_otp_webauthn.exceptions import MalformedRequest, NotVerified, OTPWebAuthnApiError
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential
from webauthn.helpers.structs import UserVerificationRequirement

from accounts.confirming import ConfirmationNeeded, ask_again
from accounts.devices import device_words
from accounts.models import User
from approvals.auditing import audit_act
from second_factor.changes import note_added
from second_factor.resets import ResetRefused
from second_factor.standing import PASSWORD_AT, is_fresh, may_enrol, pass_second_factor, who_is_at_door

_TRY_ANOTHER = (
    "Khóa này không được nhận. Khóa phải hỏi vân tay, khuôn mặt hoặc mã mở màn hình; nếu khóa không hỏi, hãy "
    "dùng khóa khác, hoặc dùng mật khẩu."
)
WORDS = {
    "malformed_request": "Trình duyệt gửi lên điều máy chủ không đọc được. Hãy tải lại trang rồi thử lại.",
    "invalid_state": "Trang này đã mở quá lâu. Hãy tải lại trang rồi thử lại.",
    "user_disabled": "Tài khoản này đang bị khóa. Hãy liên hệ quản trị của Sở.",
    "credential_disabled": "Khóa này đã bị tắt. Hãy dùng khóa khác, hoặc dùng mật khẩu.",
    "credential_not_found": "Khóa này không còn trong tòa soạn: có thể đã bị gỡ. Hãy dùng khóa khác, hoặc "
    "dùng mật khẩu.",
    "credential_user_mismatch": "Khóa này là của tài khoản khác. Hãy dùng khóa của tài khoản đang đăng nhập.",
    "not_authenticated": "Phiên đăng nhập đã hết. Hãy đăng nhập lại rồi thêm khóa.",
    "user_not_verified": "Hãy xác nhận bằng khóa hoặc ứng dụng mã đang có trước, rồi mới thêm khóa.",
    "confirmation_needed": "Đã quá lâu từ lần xác nhận trước. Hãy tải lại trang và xác nhận lại.",
}


class KeyCeremony(WebAuthnHelper):
    """The library's, asking the device to make sure of the person in every ceremony."""

    def get_allowed_origins(self) -> list[str]:
        return [keys_at(self.request)]

    def get_generate_registration_options_kwargs(self, *, user: Any) -> dict:
        options = super().get_generate_registration_options_kwargs(user=user)
        options["authenticator_selection"].user_verification = UserVerificationRequirement.REQUIRED
        return options

    def get_generate_authentication_options_kwargs(
        self, *, user: Any = None, require_user_verification: bool
    ) -> dict:
        return super().get_generate_authentication_options_kwargs(user=user, require_user_verification=True)


class _AtTheDoor:
    """Knows whoever has given the password only, and says what is wrong in our words."""

    request: HttpRequest

    def get_user(self) -> Any:
        return self.request.user if self.request.user.is_authenticated else who_is_at_door(self.request)

    def handle_exception(self, exc: Exception) -> JsonResponse:
        if isinstance(exc, ResetRefused):
            return JsonResponse({"detail": str(exc), "code": "reset_refused"}, status=403)
        if isinstance(exc, ConfirmationNeeded):
            exc = NotVerified(code="confirmation_needed")
        if isinstance(exc, (ValueError, RecursionError)):  # of JSON, base64, a type; the library lets them go
            exc = MalformedRequest()
        if isinstance(exc, OTPWebAuthnApiError):
            said = WORDS.get(str(exc.code), _TRY_ANOTHER)
            return JsonResponse({"detail": said, "code": exc.code}, status=exc.status_code)
        raise exc


class _Enrolling(_AtTheDoor):
    """Only for who has confirmed lately; at the door the password just typed is enough, if a device may be
    added there at all.
    """

    def check_can_register(self) -> None:
        if self.request.user.is_authenticated:
            ask_again(self.request.user)
        elif not may_enrol(self.request):
            raise NotVerified
        elif not is_fresh(self.request, PASSWORD_AT):
            raise ConfirmationNeeded

    def user_is_mfa_enrolled(self, user: Any) -> bool:
        """The library's second look; a confirmed reset lets in who has lost what they enrolled with."""
        return not may_enrol(self.request) and super().user_is_mfa_enrolled(user)  # type: ignore[misc]


class BeginRegistration(_Enrolling, views.BeginCredentialRegistrationView):
    pass


class CompleteRegistration(_Enrolling, views.CompleteCredentialRegistrationView):
    """Adds the key, lets in who was at the door, tells the person."""

    def post(self, *args: Any, **kwargs: Any) -> JsonResponse:
        person = self.get_user()
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=person.pk)
            self.check_can_register()  # of two people at the door at once, who was first has enrolled
            answer = super().post(*args, **kwargs)
            key = WebAuthnCredential.objects.get(pk=json.loads(answer.content)["id"])
            key.name = device_words(self.request.headers.get("User-Agent", ""))
            key.save(update_fields=["name"])
            note_added(self.request, person, key, f"khóa truy cập “{key.name}”")
        return answer


class BeginAuthentication(_AtTheDoor, views.BeginCredentialAuthenticationView):
    pass


class CompleteAuthentication(_AtTheDoor, views.CompleteCredentialAuthenticationView):
    """Signs in by the key alone, shows the second factor after a password, or confirms again."""

    def complete_auth(self, device: Any) -> Any:
        request = self.request
        self.confirms = request.user.is_authenticated
        if not self.confirms and who_is_at_door(request) is None:
            login(request, authenticate(request, webauthn_credential=device))
        pass_second_factor(request, device)
        said = "Xác nhận lại" if self.confirms else "Đăng nhập"
        audit_act(said, request.user, words=f"Khóa truy cập “{device.name}”.")

    def get_success_data(self, device: Any) -> dict[str, Any]:
        """Without an address after confirming: the page sends its interrupted form again."""
        data = super().get_success_data(device)
        return {"id": data["id"]} if self.confirms else data


def key_words(request: HttpRequest) -> dict[str, Any]:
    """Return the configuration that the library's scripts read from the page."""
    ceremonies = {
        "beginAuthenticationUrl": "key_authentication_begin",
        "completeAuthenticationUrl": "key_authentication_done",
        "beginRegistrationUrl": "key_registration_begin",
        "completeRegistrationUrl": "key_registration_done",
    }
    addresses = {name: reverse(f"admin:{address}") for name, address in ceremonies.items()}
    return addresses | {
        "csrfToken": get_token(request),
        "nextFieldSelector": "input[name='next']",
        "autocompleteLoginFieldSelector": None,
    }


def keys_at(request: HttpRequest) -> str:
    """Return the one origin at which browsers offer the site's passkeys; the demo's has its own port."""
    if settings.DEMO and not settings.HTTPS:
        return f"http://localhost:{request.get_port()}"
    return settings.OTP_WEBAUTHN_ALLOWED_ORIGINS[0]


def can_use_keys(request: HttpRequest) -> bool:
    """Whether browsers offer passkeys at the address at which the page is open."""
    return f"{request.scheme}://{request.get_host()}" == keys_at(request)

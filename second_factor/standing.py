"""How far a session has come: not signed in, at the door with the password alone, inside.

Everything a session remembers about it stands here. Whoever is at the door is a stranger to every address of
the site (`middleware`), so that no view, now or later, can forget to ask.
"""

import time
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp import login as keep_device
from django_otp.models import Device

from accounts.confirming import FRESH
from second_factor.duty import has_device, must_have_device

PASSWORD_AT = "password_at"  # noqa: S105 (session: when the password was typed at the door)
CONFIRMED_AT = "confirmed_at"  # session: when the person last showed the second factor, or confirmed
RESET = "access_reset"  # session: the reset whose code was typed
NEW_APP = "new_app"  # session: the secret of the code app that its page shows, until the app is added


def enter(request: HttpRequest, user: Any) -> Any:
    """Return the user for `request.user`: a stranger for whoever has shown less than they have to.

    That person is kept in `request.user_at_door`, for the pages of the door alone.
    """
    at_door(request, None)
    if not user.is_authenticated:
        return user
    if not user.is_verified() and (must_have_device(user) or has_device(user)):
        at_door(request, user)
        return _stranger()
    user.confirmed_lately = is_fresh(request, CONFIRMED_AT) or (
        not settings.SECOND_FACTOR_ROLES and not user.is_verified()  # nothing to confirm with, and no duty
    )
    return user


def at_door(request: HttpRequest, user: Any) -> None:
    request.user_at_door = user  # type: ignore[attr-defined]


def who_is_at_door(request: HttpRequest) -> Any:
    """Return whoever has given the password and not yet the second factor; None if nobody."""
    if request.user.is_authenticated:  # looks, as `request.user` is found when first asked for
        return None
    return getattr(request, "user_at_door", None)


def open_door(request: HttpRequest) -> bool:
    """Note that the right password was typed just now; returns whether it is enough for this account."""
    for old in (RESET, NEW_APP, CONFIRMED_AT, DEVICE_ID_SESSION_KEY):
        request.session.pop(old, None)
    request.session[PASSWORD_AT] = time.time()
    person = request.user
    if not (must_have_device(person) or has_device(person)):
        return True
    at_door(request, person)
    request.user = _stranger()  # also to what runs after the view in this request
    return False


def may_enrol(request: HttpRequest) -> bool:
    """Whether who is at the door may add a first device now: none is there, or a reset was confirmed."""
    person = who_is_at_door(request)
    return person is not None and (RESET in request.session or not has_device(person))


def pass_second_factor(request: HttpRequest, device: Device) -> None:
    """Let the person in who has just used `device`, with a new session key; and count as confirmed."""
    person = who_is_at_door(request)
    if person is not None:
        request.user = person
        at_door(request, None)
        request.session.cycle_key()
    keep_device(request, device)
    confirm(request)


def confirm(request: HttpRequest) -> None:
    """Note that the person has just shown again who they are."""
    request.session[CONFIRMED_AT] = time.time()
    cast(Any, request.user).confirmed_lately = True


def is_fresh(request: HttpRequest, mark: str) -> bool:
    """Whether the session's `mark` was set within the last minutes."""
    at = request.session.get(mark)
    return isinstance(at, float) and 0 <= time.time() - at < FRESH.total_seconds()


def _stranger() -> Any:
    stranger: Any = AnonymousUser()
    stranger.otp_device, stranger.is_verified = None, bool
    return stranger

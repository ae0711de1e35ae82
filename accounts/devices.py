"""Devices on which people signed in before: recognised by a signed cookie, for each person alone.

The cookie names a secret for each person who signed in on this browser. The table keeps only digests, and the
hash of the session key of that day: after a change of password the device is a stranger's until its person
signs in on it again, with a new secret.
"""

import hashlib
import re
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import Device, User

SALT = "accounts.devices"
LONGEST = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
MOST_PEOPLE = 8  # of one browser; the cookie must stay small
KINDS = {
    "iPad": "iPad",
    "iPhone": "iPhone",
    r"Android.*Mobile": "Điện thoại Android",
    "Android": "Máy tính bảng Android",
    "Windows": "Máy tính Windows",
    "CrOS": "Máy tính Chromebook",
    "Macintosh": "Máy tính Mac",
    "Linux": "Máy tính Linux",
}
BROWSERS = {
    r"coc_coc|CocCoc": "Cốc Cốc",
    "Zalo": "Zalo",
    r"Edg[A-Z]*/": "Edge",
    r"OPR/|Opera": "Opera",
    "SamsungBrowser": "Samsung Internet",
    r"Firefox/|FxiOS/": "Firefox",
    r"Chrome/|CriOS/": "Chrome",
    "Safari/": "Safari",
}


def known_device(request: HttpRequest, user: User | None) -> Device | None:
    """Return the device if this person signed in on it before, with the password they have today."""
    secret = _carried(request).get(str(user.pk)) if user else None
    if not user or not secret:
        return None
    return user.devices.filter(key_hash=_hash(secret), auth_hash=user.get_session_auth_hash()).first()


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> tuple[Device, bool]:
    """Note that this person has signed in here, and give the browser its cookie.

    Returns the device, and whether it was never seen before.
    """
    carried = _carried(request)
    secret = carried.pop(str(user.pk), "")
    device = user.devices.filter(key_hash=_hash(secret)).first() if secret else None
    is_new = device is None
    device = device or Device(user=user)
    if device.auth_hash != user.get_session_auth_hash():
        secret = secrets.token_urlsafe(24)
        device.key_hash, device.auth_hash = _hash(secret), user.get_session_auth_hash()
    device.words = device_words(request.headers.get("User-Agent", ""))
    device.last_at = timezone.now()
    device.save()
    _give(response, carried | {str(user.pk): secret})
    return device, is_new


def device_words(agent: str) -> str:
    """Return what a person calls this device: “Máy tính Windows, Chrome”. Browsers may say what they like."""
    kind = next((words for sign, words in KINDS.items() if re.search(sign, agent)), "Máy không rõ loại")
    browser = next((words for sign, words in BROWSERS.items() if re.search(sign, agent)), "")
    return f"{kind}, {browser}" if browser else kind


def _carried(request: HttpRequest) -> dict[str, str]:
    try:
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        carried = signing.loads(cookie, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return {}
    return carried if isinstance(carried, dict) else {}


def _give(response: HttpResponse, carried: dict[str, str]) -> None:
    newest = dict(list(carried.items())[-MOST_PEOPLE:])
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(newest, salt=SALT),
        max_age=LONGEST,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

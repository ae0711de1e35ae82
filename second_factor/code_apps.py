"""A code app is added: a new secret for each time the page is opened, and a row once a code of it is right.

Until then the secret is in the session that shows it, nowhere else: whoever noted one before, from another
session or the day before, has noted one that no account will ever have.
"""

import time
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from accounts.models import User
from second_factor.changes import note_added
from second_factor.proofs import ProofRefused, app_of
from second_factor.standing import NEW_APP, may_enrol, pass_second_factor, who_is_at_door

APP = "Ứng dụng mã sáu số"
_WRONG = (
    "Mã sáu số chưa đúng. Gõ mã đang hiện; vừa mở lại trang này thì quét lại hình ở trên, vì mỗi lần mở là "
    "một hình mới; xem điện thoại có đúng giờ không."
)
_TAKEN = "Tài khoản này vừa được thêm một cách xác nhận ở nơi khác. Hãy đăng nhập lại."


def new_app(session: SessionBase, person: Any) -> TOTPDevice:
    """Return an app with a secret of its own, not saved, in place of the one this session showed before."""
    session[NEW_APP] = default_key()
    return shown_app(session, person)


def shown_app(session: SessionBase, person: Any) -> TOTPDevice:
    """Return the app whose secret the session has shown last; a new one if it has shown none."""
    if NEW_APP not in session:
        return new_app(session, person)
    return TOTPDevice(user=person, name=APP, key=session[NEW_APP])


def add_app(request: HttpRequest, app: TOTPDevice, typed: str) -> None:
    """Save the app in place of the old one if the code typed is its own now. Raises ProofRefused.

    The same form sent twice at once adds one app: the second waits for the first and finds it done. Of two
    people at the door, who was first has enrolled.
    """
    person = app.user
    _take_first_code(app, "".join(typed.split()))
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        old = app_of(person)
        if old is not None and old.key == app.key:
            pass_second_factor(request, old)
        elif who_is_at_door(request) and not may_enrol(request):
            raise ProofRefused(_TAKEN)
        else:
            TOTPDevice.objects.filter(user=person).delete()
            app.save()
            note_added(request, person, app, "ứng dụng mã sáu số")
    request.session.pop(NEW_APP, None)


def _take_first_code(app: TOTPDevice, code: str) -> None:
    """Check a code as the library does, and note it as used. Who types it sees the secret: no wait."""
    clock = TOTP(app.bin_key, app.step, app.t0, app.digits)
    clock.time = time.time()
    is_code = code.isascii() and code.isdecimal() and len(code) == app.digits
    if not (is_code and clock.verify(int(code), app.tolerance)):
        raise ProofRefused(_WRONG)
    app.drift, app.last_t = clock.drift, clock.t()

"""How tests sign in: all the way, as a person who has just shown the second factor.

The duty is on under test, as on a real site: a session with the password alone is let in
nowhere. `half_sign_in` makes such a session.
"""

import re
import time
from base64 import b32decode

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from second_factor.standing import CONFIRMED_AT, PASSWORD_AT

_sign_in_by_password = Client.force_login


def make_app(user):
    """A code app, as after enrolling."""
    return TOTPDevice.objects.create(user=user, name="Ứng dụng mã sáu số")


def code_of(app):
    """The six digits that the app shows now."""
    return f"{totp(app.bin_key):06}"


def secret_on(page):
    """The secret that the page of a new app shows."""
    return re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")


def code_on(page):
    """The six digits of an app into which the secret on the page was typed."""
    return f"{totp(b32decode(secret_on(page))):06}"


def half_sign_in(client, user):
    """A session that has given the password, just now, and nothing more."""
    _sign_in_by_password(client, user)
    _mark(client, **{PASSWORD_AT: time.time()})


def sign_in_fully(client, user, backend=None):
    """Replaces `Client.force_login` (tests/conftest.py)."""
    _sign_in_by_password(client, user, backend)
    device = StaticDevice.objects.filter(user=user, name=__name__).first()
    device = device or StaticDevice.objects.create(user=user, name=__name__)
    _mark(client, **{DEVICE_ID_SESSION_KEY: device.persistent_id, CONFIRMED_AT: time.time()})


def _mark(client, **marks):
    session = client.session
    session.update(marks)
    session.save()

"""Encrypts what must not lie readable in the database or in a copy of it.

The key is derived from SECRET_KEY, so it is in no backup of the data; older keys in SECRET_KEY_FALLBACKS
still open what they locked. A value that no key opens is lost and must be entered again.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"newsroom.fees.numbers"


class Unreadable(Exception):
    """No key of this installation opens the value."""


def encrypt(plain: str) -> str:
    """Return the text encrypted with today's key; empty for an empty text."""
    return _keys().encrypt(plain.encode()).decode() if plain else ""


def decrypt(cipher: str) -> str:
    """Return the text. Raises Unreadable."""
    if not cipher:
        return ""
    try:
        return _keys().decrypt(cipher.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def _keys() -> MultiFernet:
    return MultiFernet(
        [Fernet(_derived(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _derived(secret: str) -> bytes:
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(key)

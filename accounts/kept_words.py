"""The key with which a browser seals the words it keeps of one person (static/js/office/device.js)."""

import base64

from django.utils.crypto import salted_hmac

from accounts.models import User


def words_key(user: User) -> str:
    """Return 32 bytes in base64: the same for this account on every machine, and for no other account.

    Pages hand it to the signed-in person alone and no browser stores it, so kept words can be read only after
    signing in again. It does not hang on the password, or a change of password would lose them; a new
    SECRET_KEY does.
    """
    made = salted_hmac("accounts.kept_words", str(user.pk), algorithm="sha256")
    return base64.b64encode(made.digest()).decode()

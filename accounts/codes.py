"""One-time codes that are printed, read aloud and typed by hand."""

import secrets

from django.utils.crypto import salted_hmac

# Without letters and digits that look alike on paper.
_ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"


def make_code() -> str:
    """Return three groups of four characters, such as kdnr-7xpm-q3tw: 58 bits, easy to read aloud."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def hash_code(user_id: int, typed: str) -> str:
    """Return the keyed hash of a code for one account; capitals, spaces and hyphens make no difference."""
    code = "".join(char for char in typed.lower() if char.isalnum())
    return salted_hmac("accounts.codes", f"{user_id}:{code}", algorithm="sha256").hexdigest()

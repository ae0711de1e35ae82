"""Generate a password for another person."""

import secrets

# Without letters and digits that look alike on paper: passwords are read aloud and copied by hand.
_ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"


def make_password() -> str:
    """Return three groups of four characters, such as kdnr-7xpm-q3tw: 58 bits, easy to read aloud."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))

"""How a password is made for somebody else."""

import secrets

# Without letters and digits that look alike on paper: it is read aloud and copied by hand.
_ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"


def make_password() -> str:
    """Three groups of four, such as kdnr-7xpm-q3tw: 58 bits, easily read over the telephone."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))

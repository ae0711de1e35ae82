"""How long a password may be: one rule for signing in, for showing again who one is, for choosing one.

Asked before anything else is done with what was typed: putting thousands of marks in order (NFC) takes their
number squared, and nothing else of the process runs meanwhile.
"""

import unicodedata
from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

LONGEST = 256  # signs, composed; NIST SP 800-63B-4 asks that at least 64 are taken
_PIECES = 3  # of one Vietnamese letter, as macOS types it


def is_too_long(password: str) -> bool:
    """Whether the password is longer than any may be, counted alike however it was typed."""
    return len(password) > _PIECES * LONGEST or len(unicodedata.normalize("NFC", password)) > LONGEST


class LengthValidator(MinimumLengthValidator):
    """For AUTH_PASSWORD_VALIDATORS: neither too short (`min_length`) nor longer than `LONGEST`."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_too_long(password):
            raise ValidationError(
                f"Mật khẩu dài quá: nhiều nhất {LONGEST} ký tự. Hãy rút ngắn lại.", code="password_too_long"
            )
        super().validate(password, user)

"""What is wrong with the settings of the second factor, told at the start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from accounts.roles import Role


def check_roles(**kwargs: Any) -> list[CheckMessage]:
    """A misspelt role would lift the duty without notice."""
    return [
        Error(f"SECOND_FACTOR_ROLES names an unknown role: {name}", id="second_factor.E001")
        for name in settings.SECOND_FACTOR_ROLES
        if name not in Role.values
    ]

"""Who is signing in."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class PasswordBackend(ModelBackend):
    """Checks the password and grants nothing.

    What a person may do follows from their positions (departments.backends); a stray membership in
    a Group, which only holds a role's permissions, must not open anything.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """The demo's password is printed for everybody: it opens nothing where settings.DEMO is off."""
        if credentials.get("password") == settings.DEMO_PASSWORD and not settings.DEMO:
            return None
        return super().authenticate(request, **credentials)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()


def counted_username(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str | None:
    """The name under which failed attempts are counted: “Ctv” and “CTV” are attempts at one account."""
    name = (credentials or {}).get("username") or request.POST.get("username")
    return name.strip().lower() if name else None

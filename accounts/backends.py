"""Sign in by password."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class PasswordBackend(ModelBackend):
    """Checks the password and grants no permission.

    Permissions follow from positions (departments.backends). A Group only stores a role's permissions, so
    membership in a Group must grant nothing.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """Refuse the demo's password unless settings.DEMO is on, because it is published."""
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
    """Return the name under which failed attempts are counted: “Ctv” and “CTV” are the same account."""
    name = (credentials or {}).get("username") or request.POST.get("username")
    return name.strip().lower() if name else None

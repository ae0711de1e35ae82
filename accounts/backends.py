"""Sign in by password."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.brakes import begin_try, forget_try
from accounts.hashing import TooBusyError
from accounts.password_length import is_too_long


class PasswordBackend(ModelBackend):
    """Checks the password and grants no permission.

    Permissions follow from positions (departments.backends). A Group only stores a role's permissions, so
    membership in a Group must grant nothing.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        """Count the try, and refuse it when there were too many; middleware then says how long to wait.

        The demo's password is refused unless settings.DEMO is on, because it is published.
        """
        name = credentials.get("username")
        if request is None or not isinstance(name, str) or "password" not in credentials:
            return self._checked(request, **credentials)
        tried = begin_try(request, name)
        if tried.wait:
            request.sign_in_wait = tried.wait
            raise PermissionDenied
        try:
            found = self._checked(request, **credentials)
        except TooBusyError:
            forget_try(tried)  # nobody looked at the password
            raise
        if found is not None:
            forget_try(tried)
        return found

    def _checked(self, request: Any, **credentials: Any) -> Any:
        password = credentials.get("password")
        if isinstance(password, str) and is_too_long(password):
            return None
        if password == settings.DEMO_PASSWORD and not settings.DEMO:
            return None
        return super().authenticate(request, **credentials)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

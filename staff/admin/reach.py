"""Which accounts an administrator may work at."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from departments.access import ADMINISTER


def require_administrator(request: HttpRequest) -> None:
    """Raise PermissionDenied for everybody who does not administer accounts."""
    if not request.user.has_perm(ADMINISTER):
        raise PermissionDenied


def account_of(request: HttpRequest, pk: int) -> User:
    """Return the account if the user may change it, as its own form decides."""
    require_administrator(request)
    user = get_object_or_404(User, pk=pk)
    if not admin.site.get_model_admin(User).has_change_permission(request, user):
        raise PermissionDenied
    return user


def context_of(request: HttpRequest, title: str, **words: Any) -> dict[str, Any]:
    """Return the context of an office page."""
    return admin.site.each_context(request) | {"title": title} | words

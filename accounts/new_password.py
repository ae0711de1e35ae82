"""Show a generated password once, on a page that no cache stores (the admin forbids it)."""

from typing import Any

from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from accounts.models import User
from accounts.passwords import make_password


class NewPasswordMixin:
    """For the user admin: shows a generated password after adding, and adds a page that generates one."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.new_password_view)
        return [path("<id>/mat-khau-moi/", view, name="accounts_user_new_password"), *super().get_urls()]

    def new_password_view(self, request: HttpRequest, id: str) -> HttpResponse:
        """Show the page that asks first; on POST set a new password and show it."""
        user = self.get_object(request, id)
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if request.method != "POST":
            return self._password_page(request, user, "")
        password = make_password()
        user.set_password(password)
        user.save(update_fields=["password"])
        self.log_change(request, user, "Đặt lại mật khẩu.")
        if user == request.user:
            update_session_auth_hash(request, user)
        return self._password_page(request, user, password)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        obj.password_made = getattr(form, "password_made", "")  # passed to response_add, never stored

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: Any = None) -> HttpResponse:
        if obj.password_made and IS_POPUP_VAR not in request.POST:
            return self._password_page(request, obj, obj.password_made)
        return super().response_add(request, obj, post_url_continue)

    def _password_page(self, request: HttpRequest, user: User, password: str) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": "Mật khẩu mới" if password else "Đặt lại mật khẩu",
            "subtitle": str(user),
            "opts": self.opts,
            "original": user,
            "password": password,
        }
        return TemplateResponse(request, "admin/accounts/user/password.html", context)

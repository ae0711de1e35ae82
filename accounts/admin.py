"""Accounts in the admin: who may sign in. What a person may do follows from their positions."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.forms import AccountForm, NewAccountForm
from accounts.models import User
from accounts.new_password import NewPasswordMixin
from foundation.language.searching import search_words

admin.site.unregister(Group)  # stores the table of roles; `manage.py sync_roles` writes it


@admin.register(User)
class AccountAdmin(NewPasswordMixin, UserAdmin):
    """No field here grants a permission: is_superuser, groups and single permissions are in no form."""

    form = AccountForm
    add_form = NewAccountForm
    add_form_template = None
    change_form_template = "admin/accounts/user/change_form.html"
    fieldsets = [
        (None, {"fields": ["full_name", "form_of_address", "email"]}),
        ("Công việc", {"fields": ["positions_held"]}),
        ("Đăng nhập", {"fields": ["username", "is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": [*NewAccountForm.Meta.fields, "password"]})]
    readonly_fields = ["positions_held", "last_login", "date_joined"]
    list_display = ["full_name", "username", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["search_key", "username", "email"]
    search_help_text = "Tìm theo tên (không cần dấu), tên đăng nhập hoặc thư điện tử."
    ordering = ["sort_key"]
    filter_horizontal = []
    actions = ["lock", "unlock"]

    @admin.display(description="chức danh, vai trò")
    def positions_held(self, user: User) -> str:
        """Return all positions of the person as HTML, with a link to the directory."""
        person = _person_of(user)
        if person is None:
            add = reverse("admin:departments_person_add")
            return format_html(
                'Chưa có trong danh bạ nên chưa làm được việc gì. <a href="{}">Thêm vào danh bạ</a>', add
            )
        rows = [
            (p.title, p.department, p.get_role_display() or "không giữ vai trò trong tòa soạn", p.period)
            for p in person.positions.select_related("department")
        ]
        held = format_html_join("", "<li>{}, {}: {} ({})</li>", rows)
        link = reverse("admin:departments_person_change", args=[person.pk])
        return format_html('<ul class="plain">{}</ul><a href="{}">Mở trong danh bạ</a>', held, link)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # approvals keep the name of who made them; an account is locked instead

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        own = ["is_active"] if obj == request.user else []  # users cannot lock themselves out
        return [*self.readonly_fields, *own]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> Any:
        return super().get_search_results(request, queryset, " ".join(search_words(search_term)))

    @admin.action(description="Khóa tài khoản đã chọn", permissions=["change"])
    def lock(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set_active(request, queryset.exclude(pk=request.user.pk), False, "Đã khóa tài khoản.")

    @admin.action(description="Mở khóa tài khoản đã chọn", permissions=["change"])
    def unlock(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set_active(request, queryset, True, "Đã mở khóa tài khoản.")

    def _set_active(self, request: HttpRequest, queryset: QuerySet, active: bool, words: str) -> None:
        accounts = [user for user in queryset if self.has_change_permission(request, user)]
        for user in accounts:
            user.is_active = active
            user.save(update_fields=["is_active"])
            self.log_change(request, user, words)
        self.message_user(request, f"{words} Số tài khoản: {len(accounts)}.")


def _person_of(user: User) -> Any:
    """Return the account's person through the reverse accessor, because `departments` is a higher room."""
    try:
        return user.person
    except ObjectDoesNotExist:
        return None

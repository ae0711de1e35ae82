"""Accounts in the admin: who may sign in. What a person may do follows from their positions."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth.models import Group
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.confirming import ask_again
from accounts.ending import end_sessions
from accounts.forms import AccountForm, NewAccountForm
from accounts.models import User
from accounts.models.user import not_entered
from foundation.language.searching import search_words

admin.site.unregister(Group)  # stores the table of roles; `manage.py sync_roles` writes it


class EnteredFilter(admin.SimpleListFilter):
    title = "đã vào lần nào chưa"
    parameter_name = "vao"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("roi", "Đã đặt mật khẩu"), ("chua", "Chưa vào lần nào")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "roi":
                return queryset.exclude(not_entered())
            case "chua":
                return queryset.filter(not_entered())
        return queryset


@admin.register(User)
class AccountAdmin(admin.ModelAdmin):
    """Who may sign in. No field here grants a permission or holds a password.

    is_superuser, groups and single permissions are in no form. The person chooses the password
    (`accounts.tickets`); the pages that let them in are `staff`'s.
    """

    form = AccountForm
    change_form_template = "admin/accounts/user/change_form.html"
    fieldsets = [
        (None, {"fields": ["full_name", "form_of_address", "email"]}),
        ("Công việc", {"fields": ["positions_held"]}),
        ("Đăng nhập", {"fields": ["username", "is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": NewAccountForm.Meta.fields})]
    readonly_fields = ["positions_held", "last_login", "date_joined"]
    list_display = ["full_name", "username", "email", "is_active", "last_login"]
    list_filter = ["is_active", EnteredFilter]
    search_fields = ["search_key", "username", "email"]
    search_help_text = "Tìm theo tên (không cần dấu), tên đăng nhập hoặc thư điện tử."
    ordering = ["sort_key"]
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
        # Whoever owns the address resets the password, so it changes on a page of its own.
        entered = ["email"] if obj is not None and obj.has_entered else []
        return [*self.readonly_fields, *own, *entered]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(
            request, obj, change, **{"form": AccountForm if change else NewAccountForm, **kwargs}
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Write only what was changed on the page: a lock, or a password chosen meanwhile, stays."""
        if not change:
            super().save_model(request, obj, form, change)
            return
        if changed := form.changed_data:
            ask_again(request.user)
            obj.save(update_fields=[*changed, "sort_key", "search_key"])
        if "is_active" in changed and not obj.is_active:
            end_sessions(obj)

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: Any = None) -> HttpResponse:
        """Lead to the page that lets the new person in."""
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(reverse("admin:staff_entry", args=[obj.pk]))

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> Any:
        return super().get_search_results(request, queryset, " ".join(search_words(search_term)))

    @admin.action(description="Khóa tài khoản đã chọn", permissions=["change"])
    def lock(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set_active(request, queryset.exclude(pk=request.user.pk), False, "Đã khóa tài khoản.")

    @admin.action(description="Mở khóa tài khoản đã chọn", permissions=["change"])
    def unlock(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set_active(request, queryset, True, "Đã mở khóa tài khoản.")

    def _set_active(self, request: HttpRequest, queryset: QuerySet, active: bool, words: str) -> None:
        ask_again(request.user)
        accounts = [user for user in queryset if self.has_change_permission(request, user)]
        for user in accounts:
            user.is_active = active
            user.save(update_fields=["is_active"])
            if not active:
                end_sessions(user)
            self.log_change(request, user, words)
        self.message_user(request, f"{words} Số tài khoản: {len(accounts)}.")


def _person_of(user: User) -> Any:
    """Return the account's person through the reverse accessor, because `departments` is a higher room."""
    try:
        return user.person
    except ObjectDoesNotExist:
        return None

"""The directory of people in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from accounts.confirming import ask_again
from departments.admin.inlines import PersonPositionInline
from departments.models import Person, Position
from foundation.choosing.boxes import ChoosingAdminMixin
from foundation.language.searching import search_words
from foundation.pagestore.admin import AnnouncingAdminMixin


class AccountFilter(admin.SimpleListFilter):
    title = "tài khoản"
    parameter_name = "tai-khoan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("co", "Có tài khoản"), ("khong", "Chưa có tài khoản")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "co":
                return queryset.exclude(user=None)
            case "khong":
                return queryset.filter(user=None)
        return queryset


@admin.register(Person)
class PersonAdmin(ChoosingAdminMixin, AnnouncingAdminMixin, admin.ModelAdmin):
    inlines = [PersonPositionInline]
    fields = ["honorific", "full_name", "order_name", "user"]
    autocomplete_fields = ["user"]
    list_display = ["full_name", "posts_today", "user"]
    list_filter = [AccountFilter, "positions__role"]
    list_select_related = ["user"]
    list_per_page = 50
    search_fields = ["search_key"]
    search_help_text = "Tìm theo tên, không cần dấu."
    ordering = ["sort_key", "pk"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # An account that its person uses goes to nobody else: docs/decisions/0034.
        is_used = obj is not None and obj.user is not None and obj.user.has_entered
        return ["user"] if is_used else []

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        if "user" in form.changed_data:  # with the account goes what the person may do
            ask_again(request.user)
        super().save_model(request, obj, form, change)

    @admin.display(description="chức danh hiện nay")
    def posts_today(self, person: Person) -> str:
        return "; ".join(f"{post.title}, {post.department}" for post in person.posts)  # type: ignore[attr-defined]  # of get_queryset

    def choice_label(self, person: Person) -> str:
        posts = self.posts_today(person)
        return f"{person.full_name} ({posts})" if posts else person.full_name

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        posts = Position.objects.on().filter(stands_in_for=None).select_related("department")
        return super().get_queryset(request).prefetch_related(Prefetch("positions", posts, to_attr="posts"))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> Any:
        return super().get_search_results(request, queryset, " ".join(search_words(search_term)))

"""Units in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html_join

from departments.admin.inlines import NameInline, RelationInline, UnitPositionInline
from departments.closing import end_with_the_unit
from departments.forms import DepartmentForm
from departments.lineage import predecessors
from departments.models import Department
from departments.naming import free_slug, put_in_force
from foundation.language.dates import format_date
from foundation.pagestore.admin import AnnouncingAdminMixin


class WorkingFilter(admin.SimpleListFilter):
    title = "tình trạng"
    parameter_name = "tinh-trang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("dang", "Đang hoạt động"),
            ("da-ket-thuc", "Đã kết thúc"),
            ("chua-co", "Chưa có cơ quan quản lý"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        match self.value():
            case "dang":
                return queryset.on()
            case "da-ket-thuc":
                return queryset.closed_by()
            case "chua-co":
                return queryset.without_manager()
        return queryset


@admin.register(Department)
class DepartmentAdmin(AnnouncingAdminMixin, admin.ModelAdmin):
    inlines = [NameInline, RelationInline, UnitPositionInline]
    list_display = ["name", "kind", "code", "former_province", "valid_from", "valid_until"]
    list_filter = [WorkingFilter, "kind", "former_province"]
    list_per_page = 50
    search_fields = ["search_key"]  # turns the search box on; DepartmentQuerySet.search does the search
    search_help_text = "Tìm theo tên, kể cả tên cũ, không cần dấu; hoặc theo mã đơn vị."
    ordering = ["sort_key", "pk"]
    actions = ["move_units"]
    form = DepartmentForm
    fieldsets = [
        (None, {"fields": ["name", "short_name", ("kind", "committee_level"), "code", "former_province"]}),
        (
            "Thời gian hoạt động",
            {
                "fields": [
                    ("valid_from", "founding_document"),
                    ("valid_until", "closing_document"),
                    "came_from",
                ],
                "description": "Đơn vị không bao giờ bị xóa. Khi ghi ngày kết thúc, các tên gọi, quan hệ và "
                "chức danh còn mở cũng kết thúc theo ngày đó. Còn đơn vị trực thuộc, sáp nhập, chia tách: "
                "dùng nút “Kết thúc, sáp nhập, chia” ở góc trên, mọi thứ chuyển cùng một lúc.",
            },
        ),
        ("Liên hệ", {"fields": ["address", "phone", "email", "website"]}),
        ("Giới thiệu", {"fields": ["functions"]}),
    ]

    @admin.display(description="tiếp nối từ")
    def came_from(self, department: Department) -> str:
        """Return the units that this one succeeded, as HTML links."""
        rows = [
            (
                reverse("admin:departments_department_change", args=[relation.department_id]),
                relation.department,
                relation.get_succession_kind_display() or "kế thừa",
                format_date(relation.valid_from, "so"),
            )
            for relation in predecessors(department)
        ]
        return format_html_join("", '<p><a href="{}">{}</a> ({}, {})</p>', rows) or "–"

    def choice_label(self, department: Department) -> str:
        return department.choice_label

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # The current name follows from the dated names below.
        return ["came_from", "name", "short_name"] if obj else ["came_from"]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[type]:
        return self.inlines if obj else [RelationInline, UnitPositionInline]

    @admin.action(description="Chuyển sang cơ quan khác…", permissions=["change"])
    def move_units(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        """Lead to the table of a reform that moves the chosen units."""
        chosen = ",".join(map(str, queryset.values_list("pk", flat=True)[:2000]))
        return redirect(f"{reverse('admin:reform_table')}?chuyen={chosen}")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return queryset.search(search_term), False

    def save_model(self, request: HttpRequest, obj: Department, form: ModelForm, change: bool) -> None:
        obj.slug = obj.slug or free_slug(obj.name, obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        put_in_force(form.instance)
        if ended := end_with_the_unit(form.instance):
            self.message_user(
                request,
                f"Đơn vị đã kết thúc: {ended} tên gọi, quan hệ, chức danh được ghi kết thúc theo.",
                messages.WARNING,
            )

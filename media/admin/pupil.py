"""The consent book: which pupils may be shown and named, who consented, until when."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from departments.access import own_departments, scope
from departments.models import Department
from foundation.choosing.labels import RowFilter
from foundation.language.searching import search_words
from foundation.pagestore.admin import AnnouncingAdminMixin
from media.following import follow_changes
from media.models import Pupil


class PupilConsentFilter(admin.SimpleListFilter):
    title = "đăng ảnh"
    parameter_name = "dong-y"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("co", "Đã đồng ý"), ("chua", "Chưa, hoặc không còn đồng ý")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        match self.value():
            case "co":
                return queryset.consenting("picture")
            case "chua":
                return queryset.withholding("picture")
        return None


@admin.register(Pupil)
class PupilAdmin(AnnouncingAdminMixin, admin.ModelAdmin):
    list_display = ["name", "class_name", "age_band", "department", "picture", "naming", "why"]
    list_filter = [PupilConsentFilter, "age_band", ("department", RowFilter)]
    list_select_related = ["department"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["search_key"]
    search_help_text = "Họ tên học sinh, gõ không dấu cũng được."
    ordering = ["search_key", "pk"]
    readonly_fields = ["photos_shown"]
    fieldsets = [
        (None, {"fields": ["department", "name", "class_name", "age_band", "photos_shown"]}),
        (
            "Đồng ý cho đăng những gì",
            {
                "fields": ["covers_picture", "covers_name", "covers_result", "covers_ethnic_group"],
                "description": "Chỉ đánh dấu điều ghi rõ trong phiếu. Không ghi thì coi như không đồng ý.",
            },
        ),
        (
            "Ai đồng ý, khi nào",
            {
                "fields": ["pupil_agreed_on", "guardian_agreed_on", "guardian_name", "medium", "until"],
                "description": "Dưới 7 tuổi: cha, mẹ hoặc người giám hộ. "
                "Từ 7 đến dưới 16: cả em và gia đình. Từ 16 tuổi: chính em.",
            },
        ),
        ("Rút lại sự đồng ý", {"fields": ["withdrawn_on", "withdrawal_note"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).in_book_of(request.user)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple:
        for word in search_words(search_term):
            queryset = queryset.filter(search_key__contains=word)
        return queryset, False

    def has_view_permission(self, request: HttpRequest, obj: Pupil | None = None) -> bool:
        return request.user.has_perm("media.view_pupil", obj)

    def has_change_permission(self, request: HttpRequest, obj: Pupil | None = None) -> bool:
        return request.user.has_perm("media.change_pupil", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Pupil | None = None) -> bool:
        return False  # a withdrawal must stay known, or the next story names the pupil again

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        own = own_departments(request.user)
        return {"department": min(own)} if own else {}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "department":
            kwargs["queryset"] = Department.objects.filter(pk__in=scope(request.user, "media.add_pupil"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Pupil, form: ModelForm, change: bool) -> None:
        if not change:
            obj.recorded_by = request.user
        super().save_model(request, obj, form, change)
        follow_changes()

    @admin.display(description="Đăng ảnh")
    def picture(self, pupil: Pupil) -> str:
        return _state(pupil, "picture")

    @admin.display(description="Nêu tên")
    def naming(self, pupil: Pupil) -> str:
        return _state(pupil, "name")

    @admin.display(description="Vì sao", empty_value="")
    def why(self, pupil: Pupil) -> str | None:
        why = pupil.why_not("picture") or pupil.why_not("name")
        return why[0].upper() + why[1:] if why else None

    @admin.display(description="Ảnh có em")
    def photos_shown(self, pupil: Pupil) -> str:
        if pupil.pk is None or not (count := pupil.photos.count()):
            return "Chưa có ảnh nào trong kho ghi em này."
        address = reverse("admin:media_photo_changelist", query={"em": pupil.pk})
        return format_html('<a href="{}">{} ảnh</a>', address, count)


def choosable(request: HttpRequest) -> QuerySet:
    """Return the pupils that the user may choose for the edited photo: of own books, or already chosen."""
    photo = request.resolver_match.kwargs.get("object_id", "")
    on_it = Q(photos=int(photo)) if photo.isascii() and photo.isdigit() else Q()
    book = Q(department_id__in=scope(request.user, "media.view_pupil"))
    return Pupil.objects.filter(book | on_it if on_it else book).distinct()


def _state(pupil: Pupil, matter: str) -> str:
    style, words = ("bad", "Chưa được") if pupil.why_not(matter) else ("ok", "Đồng ý")
    return format_html('<span class="badge {}">{}</span>', style, words)

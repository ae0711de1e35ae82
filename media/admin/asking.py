"""Requests about personal data, kept by the units that keep the consent book."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from departments.access import own_departments, scope
from departments.models import Department
from foundation.choosing.labels import RowFilter
from media.clocks import deadlines_of
from media.models import DataRequest


class DataRequestForm(forms.ModelForm):
    """Reckons both deadlines from the day and the kind."""

    class Meta:
        model = DataRequest
        fields = (
            *("department", "about", "kind", "words", "received_on"),
            *("replied_on", "done_on", "answer"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        today = timezone.localdate()
        for name in ("received_on", "replied_on", "done_on"):
            if (day := cleaned.get(name)) and day > today:
                self.add_error(name, "Ngày này chưa tới. Chỉ ghi khi việc ấy đã xảy ra.")
        if cleaned.get("done_on") and not cleaned.get("answer"):
            self.add_error("answer", "Hãy ghi đã làm gì, hoặc vì sao không làm.")
        received, kind = cleaned.get("received_on"), cleaned.get("kind")
        if received and kind and not self.errors:
            self._reckon(kind, received)
        return cleaned

    def _reckon(self, kind: str, received: Any) -> None:
        found = deadlines_of(kind, received)
        if found is None:
            self.add_error("received_on", "Chưa có thời hạn nào cho yêu cầu nhận ngày này.")
        elif self.instance.pk is None or {"kind", "received_on"} & set(self.changed_data):
            self.instance.reply_by, self.instance.act_by = found.reply_by, found.act_by
            self.instance.document = found.document


@admin.register(DataRequest)
class DataRequestAdmin(admin.ModelAdmin):
    form = DataRequestForm
    actions = None
    list_display = ["about", "kind", "received_on", "reply_by", "replied_on", "act_by", "done_on"]
    list_filter = ["kind", ("done_on", admin.EmptyFieldListFilter), ("department", RowFilter)]
    search_fields = ["about"]
    readonly_fields = ["reply_by", "act_by", "document"]
    fieldsets = [
        (None, {"fields": ["department", "about", "kind", "words", "received_on"]}),
        ("Hai thời hạn", {"fields": ["reply_by", "act_by", "document"]}),
        ("Đã làm", {"fields": ["replied_on", "done_on", "answer"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: QuerySet = super().get_queryset(request)
        return rows.filter(department__in=scope(request.user, "media.view_datarequest"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("media.view_datarequest", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("media.change_datarequest", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what was asked and done stays to be read

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        own = own_departments(request.user)
        return {"department": min(own), "received_on": timezone.localdate()} if own else {}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "department":
            units = scope(request.user, "media.add_datarequest")
            kwargs["queryset"] = Department.objects.filter(pk__in=units)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: DataRequest, form: Any, change: bool) -> None:
        if not change:
            obj.recorded_by = request.user
        super().save_model(request, obj, form, change)

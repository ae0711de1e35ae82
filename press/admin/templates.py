"""Print templates with their boxes; a change takes back the office's confirmation."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Textarea
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation.language.fields import NormalTextField
from press.admin.boxes import BoxInline
from press.admin.scoped import UnitScopedAdminMixin
from press.admin.trying import offered_sheets, try_template
from press.backgrounds import drop_background
from press.forms import TemplateForm
from press.layout import template_digest
from press.models import PrintTemplate
from press.starting import add_default_boxes
from press.subjects import subject_of


@admin.register(PrintTemplate)
class PrintTemplateAdmin(UnitScopedAdminMixin, admin.ModelAdmin):
    form = TemplateForm
    change_form_template = "admin/press/printtemplate/change_form.html"
    inlines = [BoxInline]
    list_display = ["name", "subject_label", "size_words", "department", "confirmed_on"]
    list_select_related = ["department"]
    search_fields = ["name"]
    formfield_overrides = {NormalTextField: {"widget": Textarea(attrs={"rows": 2})}}
    fieldsets = [
        (None, {"fields": [("name", "subject"), "department", ("paper", "width", "height")]}),
        ("Nền và phôi", {"fields": ["picture", "remove_picture", ("has_frame", "on_stock"), "note"]}),
    ]

    @admin.display(description="Dùng cho")
    def subject_label(self, template: PrintTemplate) -> str:
        subject = subject_of(template.subject)
        return subject.label if subject else template.subject

    @admin.display(description="Khổ giấy")
    def size_words(self, template: PrintTemplate) -> str:
        return template.size_words

    def get_inlines(self, request: HttpRequest, obj: PrintTemplate | None) -> list:
        """A new template gets the boxes of its subject when it is saved."""
        return super().get_inlines(request, obj) if obj else []

    def get_urls(self) -> list:
        confirm = self.admin_site.admin_view(require_POST(self.confirm_view))
        name = "press_printtemplate_confirm"
        trial = self.admin_site.admin_view(self.picture_view)
        return [
            path("<int:object_id>/xac-nhan/", confirm, name=name),
            path("<int:object_id>/xem.png", trial, name="press_printtemplate_picture"),
            *super().get_urls(),
        ]

    def picture_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The template with the words of a real sheet; a form that is sent is drawn, not saved."""
        template = self.get_object(request, str(object_id))
        subject = subject_of(template.subject) if template else None
        if template is None or subject is None:
            raise Http404
        if not self.has_change_permission(request, template):
            raise PermissionDenied
        return try_template(request, template, subject)

    def confirm_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The office says that this template follows the form in force today."""
        template = self.get_object(request, str(object_id))
        if template is None:
            raise Http404
        if not self.has_change_permission(request, template):
            raise PermissionDenied
        with transaction.atomic():
            template = PrintTemplate.objects.select_for_update().get(pk=template.pk)
            is_as_shown = request.POST.get("seen") == template_digest(template)
            if is_as_shown:
                template.confirmed_on, template.confirmed_by = timezone.localdate(), request.user
                template.save(update_fields=["confirmed_on", "confirmed_by"])
                self.log_change(request, template, "Xác nhận mẫu đúng quy định hiện hành.")
        if is_as_shown:
            messages.success(request, "Đã ghi: cơ quan xác nhận mẫu này. Từ nay in được bản để ký.")
        else:
            messages.error(
                request,
                "Chưa xác nhận: mẫu đã đổi sau khi bạn mở trang. Hãy xem lại mẫu dưới đây rồi xác nhận.",
            )
        return redirect("admin:press_printtemplate_change", template.pk)

    def delete_model(self, request: HttpRequest, obj: PrintTemplate) -> None:
        super().delete_model(request, obj)
        drop_background(obj.background.name or "")

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        template = form.instance
        if not change:
            add_default_boxes(template)
        elif form.has_changed() or any(formset.has_changed() for formset in formsets):
            self._take_back(request, template)

    def _take_back(self, request: HttpRequest, template: PrintTemplate) -> None:
        if template.confirmed_on:
            template.confirmed_on = template.confirmed_by = None
            template.save(update_fields=["confirmed_on", "confirmed_by"])
            messages.warning(request, "Mẫu đã đổi, nên cần xác nhận lại trước khi in bản để ký.")

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kw: Any) -> HttpResponse:
        template = kw.get("obj")
        subject = subject_of(template.subject) if template else None
        if template and subject:
            context["print_subject"] = subject
            context["may_confirm"] = self.has_change_permission(request, template)
            if context["may_confirm"]:
                context["seen"] = template_digest(PrintTemplate.objects.get(pk=template.pk))
                context["trial_sheets"] = offered_sheets(subject, request.user)
        return super().render_change_form(request, context, *args, **kw)

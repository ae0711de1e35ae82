"""A step pressed in the form of a record: what stands in the form is saved and the step is taken, or neither.

The buttons of the bar belong to the change form, so one request brings the words and the step. A step of
deciding saves nothing: it is refused while the form differs from the stored record, so that nobody approves
another text than the one on the screen.
"""

from typing import Any, cast, override

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from approvals.admin import ApprovalAdminMixin
from approvals.engine import Step, StepRefused, take
from approvals.once import pressed_before, refusing, remember, remember_press
from records.kinds import RecordKind

PRESSED = "_step"  # the name of the buttons; the value is the step's name
SHOWN = "shown_version"  # the version the page was opened with; a refused save does not renew it
_TYPED = (
    "Chữ trong biểu mẫu khác bản đã lưu nên chưa quyết định được: người sửa thì không tự duyệt. Muốn giữ chỗ "
    "sửa thì bấm Lưu, để người khác duyệt; không thì mở lại trang, đọc đúng bản đã lưu rồi quyết định."
)


class StepFormMixin(ApprovalAdminMixin):
    """For the admin of a record whose form has a `seen_version` (`records.forms.RecordForm`).

    A refusal of any kind (a wrong field, another person's save, a guard, a permission) rolls everything back
    and shows the form with all that was typed.
    """

    record_kind: RecordKind | None = None  # only for records that wait for a decision

    def pressed_step(self, request: HttpRequest) -> Step | None:
        """Return the step whose button sent the form; None if another button did."""
        name = request.POST.get(PRESSED)
        return next((step for step in self.workflow.steps if step.name == name), None)

    def _decides(self, step: Step | None) -> bool:
        return bool(step and self.record_kind and step.permission in self.record_kind.permissions)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer = super().changeform_view(request, *args, **kwargs)
        except StepRefused as refusal:
            cast(Any, request).step_refusal = refusal
            answer = super().changeform_view(request, *args, **kwargs)
            answer.status_code = 403 if refusal.code == "permission" else answer.status_code
        taken = None if answer.status_code == 302 else self.taken_before(request)
        return taken or answer

    def taken_before(self, request: HttpRequest) -> HttpResponse | None:
        """Answer a form that was sent twice and whose step the first request took; None for any other."""
        step = self.pressed_step(request)
        record = pressed_before(request, self.model) if step else None
        if step is None or record is None:
            return None
        messages.info(request, f"“{step.label}” đã được làm ở lần bấm trước, không làm lần nữa.")
        return HttpResponseRedirect(self._page(record))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "step_refusal", None)
        return form if refusal is None else refusing(form, refusal.message, refusal.field)

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        if not self._decides(self.pressed_step(request)):
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        """Raises StepRefused for a step of deciding if anything in the form was changed."""
        is_changed = form.has_changed() or any(formset.has_changed() for formset in formsets)
        if is_changed and self._decides(self.pressed_step(request)):
            raise StepRefused(_TYPED, code="typed")
        super().save_related(request, form, formsets, change)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """A step taken with an unchanged form is in the log of steps, and is no change of the record."""
        return (
            None if not message and self.pressed_step(request) else super().log_change(request, obj, message)
        )

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        step = self.pressed_step(request)
        if step is None:
            return super().response_change(request, obj)
        before = obj.version
        self._take(request, obj, step)
        return self._after_step(request, obj, step, is_saved=obj.version != before)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        step = self.pressed_step(request)
        if step is None:
            return super().response_add(request, obj, post_url_continue)
        remember(request, obj)
        self._take(request, obj, step)
        return self._after_step(request, obj, step, is_saved=True)

    def _take(self, request: HttpRequest, record: Any, step: Step) -> None:
        """Take the step on the version just saved; a step of deciding on the version the page showed."""
        record.version = self.model._base_manager.values_list("version", flat=True).get(pk=record.pk)
        shown = request.POST.get(SHOWN, "")
        version = (int(shown) if shown.isdecimal() else -1) if self._decides(step) else record.version
        note = request.POST.get(f"note-{step.name}", "")
        try:
            take(self.workflow, record, step.name, actor=request.user, version=version, note=note)
        except PermissionDenied as denied:
            words = f"Bạn không được làm “{step.label}” với {self.opts.verbose_name} này."
            raise StepRefused(words, code="permission") from denied
        remember_press(request, record)

    def _after_step(self, request: HttpRequest, record: Any, step: Step, *, is_saved: bool) -> HttpResponse:
        done = step.done or f"Đã xong: {step.label}."
        messages.success(request, f"Đã lưu. {done}" if is_saved else done)
        popup = f"?{IS_POPUP_VAR}=1" if IS_POPUP_VAR in request.POST else ""
        return HttpResponseRedirect(f"{self._page(record)}{popup}")

    def _page(self, record: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

    def first_step(self, request: HttpRequest) -> Step | None:
        """Return the step that a new record may take as soon as it is saved, for its add form."""
        status = self.model._meta.get_field(self.workflow.status_field).get_default()
        steps = (
            s for s in self.workflow.steps if status in s.sources and request.user.has_perm(s.permission)
        )
        return next(steps, None)

    @override
    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["step_not_taken"] = self.pressed_step(request)
        context["step_refusal"] = getattr(request, "step_refusal", None)
        if obj is None:
            context["first_step"] = None if context["is_popup"] else self.first_step(request)
        elif self.has_change_permission(request, obj):
            context["step_form"] = f"{self.opts.model_name}_form"
            context["shown_version"] = request.POST.get(SHOWN) or obj.version
        return super().render_change_form(request, context, add, change, form_url, obj)

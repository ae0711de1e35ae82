"""One add form makes one record: whoever goes back and saves again is led to the record already made."""

import datetime
import re
from typing import Any, cast, override
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.models import User
from approvals.models import UsedForm

PARAMETER = "khoa"  # in the address, where a browser that goes back finds it, and as a field of the form
_KEY = re.compile(r"[0-9a-f-]{36}")
_REMEMBERED = datetime.timedelta(days=30)


class OneRecordAdminMixin(admin.ModelAdmin):
    """For a ModelAdmin whose add form draws `form_key` as a field named `form_key_name`.

    The key stands in the address from the start, so that going back asks for the same form again; which
    keys are used up is kept in the database. No script has a part in it.
    """

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and self.has_add_permission(request):
            if not _sent(request):
                return HttpResponseRedirect(_with_key(request))
            if (made := made_by(request, self.model)) and self.has_view_permission(request, made):
                return _go_on(request, made)
        try:
            return super().add_view(request, *args, **kwargs)
        except IntegrityError:  # pressed twice: the other request has made the record in this very moment
            if made := made_by(request, self.model):
                return _go_on(request, made)
            raise

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        made = None if change or request.method != "POST" else made_by(request, self.model)
        return form if made is None else refusing(form, made)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        remember(request, obj)
        return super().response_add(request, obj, post_url_continue)

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
        if obj is None:
            context |= {"form_key": form_key(request), "form_key_name": PARAMETER}
        return super().render_change_form(request, context, add, change, form_url, obj)


def form_key(request: HttpRequest) -> str:
    """The key this form was given, or a new one; a form whose record is made gets a new one too."""
    key = _sent(request)
    return key if key and not _used(request).exists() else str(uuid4())


def remember(request: HttpRequest, record: Any) -> None:
    """The form just sent has made this record. Raises IntegrityError when it has made one that is there."""
    if key := _sent(request):
        if (used := _used(request).first()) and used.record is None:
            used.delete()  # the record was deleted since, and the browser kept its form
        UsedForm.objects.filter(user=request.user.pk, used_at__lt=timezone.now() - _REMEMBERED).delete()
        UsedForm.objects.create(user=cast(User, request.user), key=key, record=record)


def made_by(request: HttpRequest, model: type[models.Model]) -> Any | None:
    """The record of this model that the form has made before; None when it has not, or it is gone."""
    used = _used(request).filter(content_type=ContentType.objects.get_for_model(model)).first()
    return model._base_manager.filter(pk=used.object_id).first() if used else None


def refusing(form: type[forms.ModelForm], record: Any) -> type[forms.ModelForm]:
    """The form, which keeps what is typed and says what it has become; sent again it makes another one."""
    words = format_html(
        "Biểu mẫu này đã lưu một lần, thành {} <a href='{}'>{}</a>. Để sửa, hãy mở bản ấy; chữ bạn gõ vẫn "
        "còn bên dưới. Nếu muốn lưu thành một bản nữa, bấm Lưu lần nữa.",
        record._meta.verbose_name,
        _page(record),
        str(record),
    )

    def clean(self: forms.ModelForm) -> dict[str, Any] | None:
        cleaned = form.clean(self)
        self.add_error(None, ValidationError(words))
        return cleaned

    return type(form.__name__, (form,), {"clean": clean})


def _page(record: Any) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def _used(request: HttpRequest) -> Any:
    """The row of this person's own form, if it is used up."""
    return UsedForm.objects.filter(user=request.user.pk, key=_sent(request))


def _with_key(request: HttpRequest) -> str:
    query = request.GET.copy()
    query[PARAMETER] = str(uuid4())
    return f"{request.path}?{query.urlencode()}"


def _go_on(request: HttpRequest, record: Any) -> HttpResponse:
    messages.info(request, "Biểu mẫu này đã lưu rồi; đây là bản đã lưu, để sửa tiếp.")
    return HttpResponseRedirect(_page(record))


def _sent(request: HttpRequest) -> str:
    key = request.POST.get(PARAMETER) or request.GET.get(PARAMETER, "")
    return key if _KEY.fullmatch(key) else ""

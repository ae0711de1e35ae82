"""One add form creates one record: after going back and saving again, the user gets the record made first."""

import datetime
import json
import re
from typing import Any, cast, override
from uuid import NAMESPACE_URL, uuid4, uuid5

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

PARAMETER = "khoa"  # in the address, where a browser that goes back finds it, and a field of the form
_KEY = re.compile(r"[0-9a-f-]{36}")
_OF_THE_PAGE = ("csrfmiddlewaretoken", "saved_copy")  # differ in two windows with the same words
_REMEMBERED = datetime.timedelta(days=30)


class OneRecordAdminMixin(admin.ModelAdmin):
    """For a ModelAdmin whose add form has a hidden field named `form_key_name` with the value `form_key`.

    The key is in the address from the start, so that going back requests the same form. Used keys are stored
    in the database. No JavaScript is needed.
    """

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and self.has_add_permission(request):
            if not _sent(request):
                return HttpResponseRedirect(_with_key(request))
            if (made := made_by(request, self.model)) and self.has_view_permission(request, made):
                return _go_on(request, made)
        try:
            return super().add_view(request, *args, **kwargs)
        except IntegrityError:  # sent twice: the other request has just created the record
            if made := made_by(request, self.model):
                return _go_on(request, made)
            raise

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        made = None if change or request.method != "POST" else made_by(request, self.model)
        return form if made is None else refusing(form, _saved_once(made))

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
    """Return the key sent with this form; a new one if there is none or its record exists."""
    key = _sent(request)
    return key if key and not _used(request, key).exists() else str(uuid4())


def remember(request: HttpRequest, record: Any) -> None:
    """Note that the form just sent created this record. Raises IntegrityError if its first record exists."""
    if key := _sent(request):
        _note(request, key, record)


def _note(request: HttpRequest, key: str, record: Any) -> None:
    if (used := _used(request, key).first()) and used.record is None:
        used.delete()  # the first record was deleted, and the browser still has the form
    UsedForm.objects.filter(user=request.user.pk, used_at__lt=timezone.now() - _REMEMBERED).delete()
    UsedForm.objects.create(user=cast(User, request.user), key=key, record=record)


def made_by(request: HttpRequest, model: type[models.Model]) -> Any | None:
    """Return the record of this model that the form created before; None if there is none or it is gone."""
    return _record_of(_used(request, _sent(request)), model)


def _record_of(used: Any, model: type[models.Model]) -> Any | None:
    row = used.filter(content_type=ContentType.objects.get_for_model(model)).first()
    return model._base_manager.filter(pk=row.object_id).first() if row else None


def refusing(form: type[forms.ModelForm], words: str, field: str = "") -> type[forms.ModelForm]:
    """Return a form class that is never valid: it says these words, at the field if it has it, keeps what is
    typed, and saves nothing.
    """

    def clean(self: forms.ModelForm) -> dict[str, Any] | None:
        cleaned = form.clean(self)
        self.add_error(field if field in self.fields else None, ValidationError(words))
        return cleaned

    return type(form.__name__, (form,), {"clean": clean})


def pressed_before(request: HttpRequest, model: type[models.Model]) -> Any | None:
    """Return the record about which this user sent exactly this form before (`remember_press`), or None."""
    return _record_of(_used(request, _press_key(request)), model)


def remember_press(request: HttpRequest, record: Any) -> None:
    """Note that the form just sent did its work. Raises IntegrityError if the same form was faster."""
    _note(request, _press_key(request), record)


def _press_key(request: HttpRequest) -> str:
    """Return the same key for the same words sent to the same address, whichever page they were typed in."""
    sent = {name: values for name, values in request.POST.lists() if name not in _OF_THE_PAGE}
    files = [(name, file.name, file.size) for name, some in request.FILES.lists() for file in some]
    return str(uuid5(NAMESPACE_URL, json.dumps([request.path, sent, files], sort_keys=True)))


def _saved_once(record: Any) -> str:
    """Return words about the record a form made before; sent again, the form makes another."""
    return format_html(
        "Biểu mẫu này đã lưu một lần, thành {} <a href='{}'>{}</a>. Để sửa, hãy mở bản ấy; chữ bạn gõ vẫn "
        "còn bên dưới. Nếu muốn lưu thành một bản nữa, bấm Lưu lần nữa.",
        record._meta.verbose_name,
        _page(record),
        str(record),
    )


def _page(record: Any) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def _used(request: HttpRequest, key: str) -> Any:
    """Return the row of this key of the user's, if it is used."""
    return UsedForm.objects.filter(user=request.user.pk, key=key)


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

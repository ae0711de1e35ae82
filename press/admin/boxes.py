"""The boxes of a template, changed on its page."""

from typing import Any

from django.contrib import admin
from django.forms import Textarea
from django.http import HttpRequest

from foundation.language.fields import NormalTextField
from press.forms import BoxForm, BoxRows
from press.layout import MOST_BOXES
from press.models import PrintBox


class BoxInline(admin.StackedInline):
    model = PrintBox
    form = BoxForm
    formset = BoxRows
    extra = 0
    max_num = MOST_BOXES
    formfield_overrides = {NormalTextField: {"widget": Textarea(attrs={"rows": 2})}}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "kind"),
                    "words",
                    ("x", "y", "width"),
                    ("face", "size", "least"),
                    ("colour", "align"),
                    ("lines", "fit", "grows", "pitch"),
                    ("on_stock", "position"),
                ]
            },
        )
    ]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, validate_max=True, **kwargs)

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("press.change_printtemplate", obj)

    has_add_permission = has_change_permission = has_delete_permission = _may

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("press.view_printtemplate", obj)

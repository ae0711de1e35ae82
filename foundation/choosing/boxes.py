"""Select boxes with autocompletion that draw themselves again whatever was sent.

Django's own looks a refused choice up by the text that was sent, and fails on one that is no number: the page
that should say what is wrong with the form answers 500.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest

from foundation.choosing.labels import RowField, in_order, label_of

_LONGEST_NUMBER = 18  # digits that fit the primary keys of both databases


class ChoiceBox(AutocompleteSelect):
    """One choice."""

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        return super().optgroups(name, row_numbers(value), attrs)


class ChoicesBox(AutocompleteSelectMultiple):
    """Several choices."""

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        return super().optgroups(name, row_numbers(value), attrs)


class ChoicesField(ModelMultipleChoiceField):
    """Refuses a number that no primary key can be; Django's asks the database for it, which fails."""

    def clean(self, value: Any) -> Any:
        sent = [] if value is None else value
        if odd := next((one for one in sent if one not in row_numbers(sent)), None):
            raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": odd})
        return super().clean(value)

    def label_from_instance(self, obj: Model) -> str:
        return label_of(obj)


class ChoosingAdminMixin(BaseModelAdmin):
    """For every ModelAdmin and inline with `autocomplete_fields`."""

    choice_box: type[AutocompleteSelect] = ChoiceBox

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = self.choice_box(db_field, self.admin_site, using=kwargs.get("using"))
        related = db_field.remote_field.model
        if hasattr(related, "choice_label"):
            kwargs["queryset"] = in_order(kwargs.get("queryset", related._default_manager.all()))
            kwargs.setdefault("form_class", RowField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChoicesBox(db_field, self.admin_site, using=kwargs.get("using"))
            kwargs.setdefault("form_class", ChoicesField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def row_numbers(sent: Iterable[Any]) -> list[Any]:
    """Return what can be a primary key, or empty, of the values that were sent."""
    return [value for value in sent if not str(value) or _is_number(str(value))]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER

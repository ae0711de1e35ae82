"""Form and model fields for text that a person can write, and fields derived from another field.

The one module of `language` that imports Django. `tests/foundation/language/test_doors.py` holds that every
column that a person can write is one of these fields.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db import models

from foundation.language.plain import clean_line, clean_lines
from foundation.language.vietnamese import nfc

Door = Callable[[str], str]


class _Typed(forms.CharField):
    """Cleans before it counts: signs that nobody sees do not make a text too long."""

    door: ClassVar[Door]

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        cleaned = type(self).door(value)
        return cleaned.strip() if self.strip else cleaned


class LineField(_Typed):
    """The form field of one line."""

    door = clean_line


class LinesField(_Typed):
    """The form field of several lines."""

    door = clean_lines


class MarkupLinesField(_Typed):
    """The form field of markup."""

    door = nfc


class WebAddressField(_Typed, forms.URLField):
    """The form field of a web address: its words are not repaired."""

    door = nfc


class MailAddressField(_Typed, forms.EmailField):
    """The form field of a mail address: its words are not repaired."""

    door = nfc


class _Normal(models.Field):
    """Cleans whatever comes in, by form, fixture, importer or query, with the door of its form field."""

    typed_in: ClassVar[type[_Typed]]

    def to_python(self, value: Any) -> Any:
        return self._cleaned(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return self._cleaned(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self._cleaned(super().pre_save(model_instance, add))
        if isinstance(value, str):
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"form_class": self.typed_in, **kwargs})

    def _cleaned(self, value: Any) -> Any:
        return self.typed_in.door(value) if isinstance(value, str) else value


class NormalCharField(_Normal, models.CharField):
    """One line of plain text."""

    typed_in = LineField


class NormalTextField(_Normal, models.TextField):
    """Plain text of several lines."""

    typed_in = LinesField


class NormalURLField(_Normal, models.URLField):
    """A web address."""

    typed_in = WebAddressField


class NormalEmailField(_Normal, models.EmailField):
    """A mail address."""

    typed_in = MailAddressField


class MarkupField(_Normal, models.TextField):
    """Markup: only hidden signs go. Its words are repaired between the tags, in `articles.text.body`."""

    typed_in = MarkupLinesField


class DerivedField(models.CharField):
    """A stored key that is computed from another field each time the row is saved (also by bulk_create).

    `source` is the name of the other field, `derive` a module-level function from its text to the key. It is
    not a database generated column: the rules of folding and sorting are written in Python, so both databases
    store the same keys.
    """

    def __init__(self, *args: Any, source: str, derive: Callable[[str], str], **kwargs: Any):
        self.source, self.derive = source, derive
        kwargs.setdefault("max_length", 400)
        kwargs["editable"] = False
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, kwargs | {"source": self.source, "derive": self.derive}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.derive(getattr(model_instance, self.source) or "")[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key

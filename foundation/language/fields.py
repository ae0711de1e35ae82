"""Model fields that store Vietnamese text as NFC, and fields derived from another field.

The one module of `language` that imports Django.
"""

from collections.abc import Callable
from typing import Any

from django.db import models

from foundation.language.vietnamese import nfc


class _Normal(models.Field):
    """Converts to NFC whatever comes in: by form, fixture, importer or query."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return nfc(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return nfc(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = nfc(value)
            setattr(model_instance, self.attname, value)
        return value


class NormalCharField(_Normal, models.CharField):
    """A CharField whose text is always NFC."""


class NormalTextField(_Normal, models.TextField):
    """A TextField whose text is always NFC."""


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

"""A model field that sets a commendation's code once."""

from typing import Any

from django.db import models

from awards.codes import new_code
from documents.numbering import book_year


class VerifyCodeField(models.CharField):
    """A code set when the row is first saved (also by bulk_create) and never changed."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs | {"max_length": 20, "unique": True, "editable": False})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        code = getattr(model_instance, self.attname)
        while not code:
            # The unique index decides; this check only avoids a rare error for the editor.
            free = new_code(int(book_year(model_instance.decision.signed_on)))
            taken = type(model_instance)._base_manager.filter(**{self.attname: free}).exists()
            code = "" if taken else free
        setattr(model_instance, self.attname, code)
        return code

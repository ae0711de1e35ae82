"""A model field that sets a commendation's code once."""

from collections.abc import Iterable
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


def give_codes(rows: Iterable[Any], decision: Any) -> None:
    """Set a free code on new commendations of one decision before they are saved; makes one query."""
    year = int(book_year(decision.signed_on))
    wanting = [row for row in rows if not row.verify_code]
    while wanting:
        codes = {new_code(year): row for row in wanting}
        taken = set(
            type(wanting[0])._base_manager.filter(verify_code__in=codes).values_list("verify_code", flat=True)
        )
        for code, row in codes.items():
            if code not in taken:
                row.verify_code = code
        wanting = [row for row in wanting if not row.verify_code]

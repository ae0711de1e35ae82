"""The sheets of a record, with the words that people changed for single ones."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from approvals.auditing import audit_act
from departments.access import capacity
from press.models import SheetWords
from press.subjects import Sheet, Subject


def sheets_of(subject: Subject, record: models.Model, keys: Iterable[str] | None = None) -> list[Sheet]:
    """Return the sheets of a record in calling order, or those named; two queries besides the subject’s."""
    wanted = None if keys is None else set(keys)
    sheets = [sheet for sheet in subject.sheets(record) if wanted is None or sheet.key in wanted]
    if sheets:
        kind = ContentType.objects.get_for_model(sheets[0].row)
        # All of the kind whose numbers lie between: 500 numbers in a list are more than SQLite likes.
        pks = [sheet.row.pk for sheet in sheets]
        rows = SheetWords.objects.filter(
            subject=subject.key, content_type=kind, object_id__gte=min(pks), object_id__lte=max(pks)
        )
        own = {row.object_id: row for row in rows.prefetch_related("writers")}
        for sheet in sheets:
            if found := own.get(sheet.row.pk):
                sheet.own = found.words
                sheet.writers = {found.changed_by_id, *(one.pk for one in found.writers.all())}
    return sheets


def change_words(
    subject: Subject, record: models.Model, sheet: Sheet, words: dict[str, str], by: Any
) -> bool:
    """Keep the words of one sheet that differ from the register's; returns whether anything changed.

    Everybody who ever changed them is kept, also when they are the register's again: none of these reads the
    proof.
    """
    own = {
        one.key: words[one.key]
        for one in subject.fields
        if one.typed and one.key in words and words[one.key] != sheet.words.get(one.key, "")
    }
    if own == sheet.own:
        return False
    kind = ContentType.objects.get_for_model(sheet.row)
    place = {"subject": subject.key, "content_type": kind, "object_id": sheet.row.pk}
    row, _ = SheetWords.objects.get_or_create(**place, defaults={"changed_by": by})
    row.writers.add(row.changed_by_id, by.pk)
    row.words, row.changed_by = own, by
    row.save()
    said = "; ".join(f"{subject.labels[key]}: {text}" for key, text in own.items())
    audit_act(
        f"Sửa chữ trên {subject.noun}",
        by,
        about=record,
        capacity=capacity(by, subject.permission, record),
        words=f"{sheet.name}. {said or 'Trở về đúng chữ trong sổ.'}",
    )
    sheet.own = own
    return True


def digest_of(sheet: Sheet, subject: Subject) -> str:
    """Return a digest of the words that a second person reads: it changes with any of them."""
    return _digest(sheet, [one.key for one in subject.fields if one.read])


def digest_of_all(sheet: Sheet, subject: Subject) -> str:
    """Return a digest of every word of the sheet, of the decision's too: its number, who signs it."""
    return _digest(sheet, [one.key for one in subject.fields])


def _digest(sheet: Sheet, keys: list[str]) -> str:
    words = sheet.words | sheet.own
    read = {key: words.get(key, "") for key in keys}
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()[:32]

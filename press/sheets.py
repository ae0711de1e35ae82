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
    """Return the sheets of a record in calling order, or those named; one query besides the subject's own."""
    wanted = None if keys is None else set(keys)
    sheets = [sheet for sheet in subject.sheets(record) if wanted is None or sheet.key in wanted]
    if sheets:
        kind = ContentType.objects.get_for_model(sheets[0].row)
        # All of the kind whose numbers lie between: 500 numbers in a list are more than SQLite likes.
        pks = [sheet.row.pk for sheet in sheets]
        rows = SheetWords.objects.filter(
            subject=subject.key, content_type=kind, object_id__gte=min(pks), object_id__lte=max(pks)
        )
        own = {row.object_id: row for row in rows}
        for sheet in sheets:
            if found := own.get(sheet.row.pk):
                sheet.own, sheet.changed_by = found.words, found.changed_by_id
    return sheets


def change_words(
    subject: Subject, record: models.Model, sheet: Sheet, words: dict[str, str], by: Any
) -> bool:
    """Keep the words of one sheet that differ from the register's; returns whether anything changed."""
    own = {
        one.key: words[one.key]
        for one in subject.fields
        if one.typed and one.key in words and words[one.key] != sheet.words.get(one.key, "")
    }
    if own == sheet.own:
        return False
    kind = ContentType.objects.get_for_model(sheet.row)
    place = {"subject": subject.key, "content_type": kind, "object_id": sheet.row.pk}
    if own:
        SheetWords.objects.update_or_create(**place, defaults={"words": own, "changed_by": by})
    else:
        SheetWords.objects.filter(**place).delete()
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
    words = sheet.words | sheet.own
    read = {one.key: words.get(one.key, "") for one in subject.fields if one.read}
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()[:32]

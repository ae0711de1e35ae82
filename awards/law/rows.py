"""Bring dated rows up to a file of figures that ships with the program; used by each room that has one."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.db.models import Model

_DAYS = {"valid_from", "valid_until", "checked_on"}


def read_pack(file: Path) -> dict[str, Any]:
    """Return the file with its days as dates."""

    def with_days(row: dict[str, Any]) -> dict[str, Any]:
        days = {name for name in row.keys() & _DAYS if row[name]}
        return row | {name: datetime.date.fromisoformat(row[name]) for name in days}

    return json.loads(file.read_text(), object_hook=with_days)


def put_row(model: type[Model], key: dict[str, Any], columns: dict[str, Any]) -> list[str]:
    """Add the row that `key` finds, or bring it up to `columns`; returns the change in words.

    A row that the office wrote or changed itself is left, and named when it differs.
    """
    row, is_new = model.objects.get_or_create(**key, defaults=columns | {"from_pack": True})
    if is_new:
        return [f"thêm {row}"]
    differs = [name for name, value in columns.items() if getattr(row, name) != value]
    if not differs:
        return []
    if not row.from_pack:
        return [f"giữ dòng của cơ quan, khác bộ dữ liệu: {row}"]
    for name in differs:
        setattr(row, name, columns[name])
    row.save(update_fields=differs)
    return [f"sửa {row}"]

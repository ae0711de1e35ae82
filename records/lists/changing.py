"""The one way in which rows are written beside the form of their record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from records.lists.row_list import RowList

CHANGED_MEANWHILE = (
    "Có người vừa lưu hoặc chuyển bước hồ sơ này sau khi bạn mở trang. Những gì bạn gõ vẫn còn bên dưới; "
    "hãy xem lại hồ sơ ở cửa sổ khác, nếu vẫn muốn làm thì bấm lần nữa."
)


class RowsRefused(Exception):
    """Nothing was written; the message says why, in words for the person."""


@dataclass(frozen=True)
class Asked:
    """One request about one list of one record, and the admin of the record."""

    admin: Any
    request: HttpRequest
    record: Any
    row_list: RowList

    @property
    def may_change(self) -> bool:
        return self.admin.has_change_permission(self.request, self.record)

    @property
    def reader(self) -> Any:
        """The user, if they only read the record: what they see of its rows is narrowed; else None."""
        return None if self.may_change else self.request.user


def require_change(asked: Asked) -> None:
    """Raises PermissionDenied when the person may not change the record, RowsRefused when nobody can now."""
    if not asked.may_change:
        if words := asked.admin.why_locked(asked.request, asked.record):
            raise RowsRefused(words)
        raise PermissionDenied


def change_rows(asked: Asked, seen: int | None, write: Callable[[], Any]) -> None:
    """Run `write` if the record is still at the version the person saw, and do what follows a change of it.

    `write` returns the message for the history. Raises what `require_change` raises.
    """
    require_change(asked)
    record = asked.record
    with transaction.atomic():
        still = type(record)._base_manager.filter(pk=record.pk, version=record.version)
        # Raising the version first locks the row, so others wait until this is done.
        if seen != record.version or not still.update(version=F("version") + 1):
            raise RowsRefused(CHANGED_MEANWHILE)
        message = write()
        asked.admin.rows_changed(asked.request, record)
        asked.admin.log_change(asked.request, record, message)

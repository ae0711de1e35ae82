"""Waits while another thread writes: SQLite in memory refuses at once where a file would wait."""

import time
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper


def patient(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    for seconds in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6):
        try:
            return execute(sql, params, many, context)
        except OperationalError as refusal:
            if "locked" not in str(refusal):
                raise
            time.sleep(seconds)
    return execute(sql, params, many, context)


def make_patient(connection: BaseDatabaseWrapper, **_said: Any) -> None:
    if connection.vendor == "sqlite" and patient not in connection.execute_wrappers:
        connection.execute_wrappers.append(patient)

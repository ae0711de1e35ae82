"""Tax numbers and bank accounts: kept encrypted, each look written in the audit book, never in a log."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.views.decorators.debug import sensitive_variables

from approvals.auditing import audit_act
from departments.access import capacity
from fees.ciphers import Unreadable, decrypt, encrypt
from fees.models import Payee, Payer, PayLine
from fees.querysets import READ_NUMBERS

LOST = "không đọc được, cần ghi lại"
# Mã số thuế: 10 digits, or 13 written 10-3; since 1/7/2025 a person's is the citizen number of 12 digits.
TAX_NUMBER = re.compile(r"\d{10}(?:-?\d{3})?|\d{12}")
BANK_ACCOUNT = re.compile(r"[0-9A-Z]{6,24}")


@dataclass(frozen=True)
class Numbers:
    """The numbers of one payee, readable."""

    tax_number: str
    bank_account: str


@sensitive_variables("tax_number", "bank_account")
def write_numbers(payee: Payee, *, tax_number: str | None, bank_account: str | None) -> list[str]:
    """Set what is not None on the row, encrypted; returns the columns to save. Saves nothing."""
    changed = []
    if tax_number is not None:
        payee.tax_number_cipher = encrypt(tax_number)
        changed.append("tax_number_cipher")
    if bank_account is not None:
        payee.bank_account_cipher = encrypt(bank_account)
        changed.append("bank_account_cipher")
    return changed


def read_numbers(payee: Payee, *, by: Any) -> Numbers:
    """Return the numbers and write the look in the audit book. Raises PermissionDenied."""
    _note(payee.payer, by, about=payee, act="Xem mã số thuế, số tài khoản người nhận nhuận bút")
    return _open(payee)


def read_lines(lines: Iterable[PayLine], payer: Payer, *, by: Any, about: Model) -> dict[int, Numbers]:
    """Return the numbers of the lines of a sheet by their keys; one entry names the sheet they are for."""
    found = {line.pk: _open(line) for line in lines}
    _note(payer, by, about=about, act=f"Lấy mã số thuế, số tài khoản của {len(found)} người nhận nhuận bút")
    return found


def _note(payer: Payer, by: Any, *, about: Model, act: str) -> None:
    if not by.has_perm(READ_NUMBERS, payer):
        raise PermissionDenied(READ_NUMBERS)
    audit_act(act, by, about=about, capacity=capacity(by, READ_NUMBERS, payer))


def _open(row: Payee | PayLine) -> Numbers:
    return Numbers(_readable(row.tax_number_cipher), _readable(row.bank_account_cipher))


def _readable(cipher: str) -> str:
    try:
        return decrypt(cipher)
    except Unreadable:
        return LOST

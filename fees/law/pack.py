"""Load the shipped rates, prices and tax rules into rows; rows of the office's own stay beside them.

Sources: Nghị định 18/2014/NĐ-CP (until 31/8/2026), Thông tư 111/2013/TT-BTC, Nghị định 253/2026/NĐ-CP. A
sheet stores its sums, so loading never changes what was paid.
"""

import hashlib
import logging
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from awards.law.rows import put_row, read_pack
from fees.enums import Measure
from fees.models import FeeRate, FeeTerms, LoadedPack, TaxRule

log = logging.getLogger("newsroom.law")
PACK = Path(__file__).with_name("nhuan-but.json")


@transaction.atomic
def load_pack() -> list[str]:
    """Bring the rows that came with the program up to the shipped figures. Returns the changes in words."""
    said = [line for model, key, columns in _rows() for line in put_row(model, key, columns)]
    LoadedPack.objects.get_or_create(sha256=_digest())
    return said


def load_new_pack() -> int:
    """Load the pack once after it changed with the program. Returns 1 when it was loaded."""
    if LoadedPack.objects.filter(sha256=_digest()).exists():
        return 0
    for line in load_pack():
        log.info("figures of fees: %s", line)
    return 1


def _digest() -> str:
    return hashlib.sha256(PACK.read_bytes()).hexdigest()


def _rows() -> Iterator[tuple[type[Model], dict[str, Any], dict[str, Any]]]:
    """Yield for each shipped row its model, what identifies it, and its columns."""
    pack = read_pack(PACK)
    ours = {"from_pack": True}
    for row in pack["terms"]:
        decimals = {name: Decimal(row[name]) for name in ("percent_of_salary", "factor")}
        yield FeeTerms, {"valid_from": row["valid_from"]} | ours, row | decimals | ours
    rates = pack["rates"]
    dated = {name: rates[name] for name in ("valid_from", "valid_until", "document", "source")}
    for genre, highest in rates["highest"].items():
        key = {"genre": genre, "valid_from": rates["valid_from"]} | ours
        figures = {"measure": Measure.COEFFICIENT, "usual": None, "highest": Decimal(highest)}
        yield FeeRate, key, key | dated | figures
    for row in pack["tax"]:
        percents = {name: Decimal(row[name]) for name in ("resident_percent", "non_resident_percent")}
        yield TaxRule, {"valid_from": row["valid_from"]} | ours, row | percents | ours

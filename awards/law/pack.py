"""Load the shipped figures into rows; rows of the office's own stay as they are.

Sources: Luật Thi đua, khen thưởng 06/2022/QH15; the decrees stand in each row. A decision's sums are stored
with its recipients, so loading never changes what has been decided.
"""

import datetime
import logging
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.enums import Rounding
from awards.law.rows import put_row, read_pack
from awards.models import AwardKind, BaseSalary, LawCheck, LawVersion, RewardRate
from departments.access import people_who_may_anywhere
from foundation.pagestore.announcing import announce
from inbox.telling import tell

log = logging.getLogger("newsroom.law")
PACK = Path(__file__).with_name("khen-thuong.json")
STALE = datetime.timedelta(days=183)  # the law on commendation changed four times in 2026 alone
ROUNDING = {"rounding": Rounding.UP, "rounding_step": 10_000}  # “làm tròn số lên hàng chục ngàn đồng”


@transaction.atomic
def load_pack() -> list[str]:
    """Bring the rows that came with the program up to the shipped figures. Returns the changes in words.

    A row that the office wrote or changed itself is left, and named when it differs.
    """
    pack = read_pack(PACK)
    said = []
    announce(AwardKind)
    for row in pack["award_kinds"]:
        _put_kind(row)
    for row in pack["laws"]:
        said += put_row(LawVersion, {"valid_from": row["valid_from"]}, row)
    for row in pack["base_salaries"]:
        said += put_row(BaseSalary, {"valid_from": row["valid_from"]}, row)
    for key, row in _rates(pack):
        said += put_row(RewardRate, key, row)
    LawCheck.objects.get_or_create(checked_on=pack["checked_on"], checked_by=None)
    return said


def load_new_pack() -> int:
    """Load the pack once after a new version of the program. Returns 1 when it was loaded."""
    checked_on = read_pack(PACK)["checked_on"]
    is_loaded = LawCheck.objects.filter(checked_on=checked_on, checked_by=None).exists()
    if is_loaded and LawVersion.objects.exists():  # rows that an earlier version of the program did not have
        return 0
    for line in load_pack():
        log.info("figures of the law: %s", line)
    return 1


def remind_of_check() -> int:
    """Tell who may change the figures, once each half-year, when nobody compared them. Returns how many."""
    last, today = LawCheck.objects.first(), timezone.localdate()
    if last is None or today - last.checked_on < STALE:
        return 0
    half = f"{today.year}-{1 if today.month <= 6 else 2}"
    return tell(
        people_who_may_anywhere("awards.change_basesalary"),
        "law",
        "Đối chiếu mức thưởng, lương cơ sở với văn bản mới",
        about="Khen thưởng",
        words=f"Lần đối chiếu gần nhất: {last.checked_on:%d/%m/%Y}.",
        address="/admin/awards/basesalary/",
        once=f"law:{half}",
    )


def _rates(pack: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Return for each rate what identifies it, and its columns."""
    kinds = {kind.pack_name: kind for kind in AwardKind.objects.all()}
    for period in pack["reward_rates"]:
        for name, multiples in period["multiples"].items():
            for recipient, multiple in multiples.items():
                key = {
                    "award_kind": kinds[name],
                    "recipient_kind": recipient,
                    "valid_from": period["valid_from"],
                }
                figures = {
                    "multiple": Decimal(multiple),
                    "fixed_amount": None,
                    "document": period["document"],
                }
                yield key, key | figures | ROUNDING


def _put_kind(row: dict[str, Any]) -> None:
    """Find the form of award that this row once made, also under the office's own name; else make it."""
    name = row["name"]
    if not AwardKind.objects.filter(pack_name=name).exists():
        if not AwardKind.objects.filter(name=name).update(pack_name=name):
            AwardKind.objects.create(pack_name=name, **row)

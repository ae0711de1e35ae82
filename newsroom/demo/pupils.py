"""Pupils of the demo's consent book: invented, one for each case."""

import datetime
from typing import Any

from accounts.models import User
from media.models import AgeBand, Pupil

_DAY = datetime.timedelta(days=1)


def keep_book(by: User, today: datetime.date) -> None:
    """Write the consent book of this collaborator's unit as of a day; safe to repeat."""
    agreed = {"covers_picture": True, "covers_name": True, "pupil_agreed_on": today - 80 * _DAY}
    family = {"guardian_agreed_on": today - 78 * _DAY}
    rows: tuple[dict[str, Any], ...] = (
        {"name": "Lê Thị Na", "class_name": "10A1", "age_band": AgeBand.FROM_16, "covers_result": True}
        | agreed,
        {
            "name": "Trần Văn Mít",
            "class_name": "10A2",
            "age_band": AgeBand.FROM_7,
            "guardian_name": "Trần Văn Bưởi",
        }
        | agreed
        | family,
        {"name": "H'Sen Niê", "class_name": "10A2", "age_band": AgeBand.FROM_7} | agreed,
        {
            "name": "Phạm Thị Mận",
            "class_name": "11A4",
            "age_band": AgeBand.FROM_16,
            "withdrawn_on": today - 10 * _DAY,
            "withdrawal_note": "Em viết đơn gửi giáo viên chủ nhiệm",
        }
        | agreed,
    )
    unit = by.person.positions.order_by("pk").first().department
    Pupil.objects.bulk_create(Pupil(department=unit, recorded_by=by, **row) for row in rows)

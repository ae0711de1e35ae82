"""Forms of award, decisions and commendations for tests; every word has a plausible default."""

import datetime
from itertools import count
from typing import Any

from approvals.enums import RecordStatus
from awards.enums import IssuerLevel, RecipientKind
from awards.models import AwardKind, Commendation, Decision
from departments.enums import DepartmentKind
from departments.models import Department
from documents.addresses import free_slug
from documents.numbering import book_year
from tests.factories.departments import make_department

SIGNED_ON = datetime.date(2017, 11, 8)
OFFICE = "Sở Giáo dục và Đào tạo Đắk Lắk"

_number = count(1)


def make_award_kind(name: str = "Giấy khen", issuer_level: str = IssuerLevel.UNIT) -> AwardKind:
    return AwardKind.objects.get_or_create(name=name, defaults={"issuer_level": issuer_level})[0]


def make_decision(
    number: str = "",
    issuer: Department | None = None,
    *,
    status: str = RecordStatus.PUBLIC,
    signed_on: datetime.date | str = SIGNED_ON,
    **fields: Any,
) -> Decision:
    """A decision without recipients, public unless said otherwise; the Sở's own if no issuer is given."""
    number = number or f"{1200 + next(_number)}/QĐ-SGDĐT"
    office = Department.objects.filter(kind=DepartmentKind.PROVINCE_OFFICE).first()
    words = {
        "signer_name": "Lê Thị Thanh Xuân",
        "signer_title": "Phó Giám đốc",
        "signer_prefix": "KT.",
        "summary": "Tập thể, cá nhân có nhiều thành tích trong công tác truyền thông năm 2017",
    }
    decision = Decision(
        number=number,
        issuer=issuer or office or make_department(OFFICE, DepartmentKind.PROVINCE_OFFICE),
        signed_on=signed_on,
        status=status,
        **words | fields,
    )
    decision.slug = decision.slug or free_slug(decision, f"{number} {book_year(signed_on)}")
    decision.save()
    return decision


def make_commendation(
    decision: Decision | None = None,
    recipient_name: str = "Nguyễn Thị Hồng Nhung",
    *,
    kind: str = RecipientKind.INDIVIDUAL,
    award_kind: AwardKind | None = None,
    **fields: Any,
) -> Commendation:
    return Commendation.objects.create(
        decision=decision or make_decision(),
        recipient_name=recipient_name,
        recipient_kind=kind,
        award_kind=award_kind or make_award_kind(),
        **fields,
    )


def make_collective(decision: Decision | None = None, name: str = "Tổ Toán", **fields: Any) -> Commendation:
    return make_commendation(decision, name, kind=RecipientKind.COLLECTIVE, **fields)


def make_seed_decision(**fields: Any) -> Decision:
    """“2 tập thể và 5 cá nhân”, as in the story about the training conference."""
    decision = make_decision(**fields)
    for name in ("Phòng GD&ĐT thị xã Buôn Hồ", "Trường PTDTNT THCS huyện Lắk"):
        make_collective(decision, name)
    for place, name in enumerate(
        ("H’Nương Byă", "Y Thuyên Kbuôr", "Nguyễn Thị Hồng Nhung", "Trần Đức Mạnh", "Lê Quốc Việt")
    ):
        make_commendation(
            decision,
            name,
            recipient_title="Giáo viên",
            unit_name="Trường THPT Chu Văn An",
            position=place,
        )
    return decision

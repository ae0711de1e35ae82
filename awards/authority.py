"""Which issuer may decide which form of award (Luật Thi đua, khen thưởng 06/2022/QH15, Điều 80, and earlier
laws).

A Sở gives giấy khen, never bằng khen. The form of award has a level (`AwardKind.issuer_level`); the issuer's
kind and the day of signing give the levels it may decide.
"""

import datetime

from awards.enums import IssuerLevel
from awards.models import AwardKind, Decision
from departments.enums import DepartmentKind, RelationKind
from departments.models import Department

# Agencies and schools with legal personality; a division of the Sở or of a commune does not sign.
_OWN_SEAL = {
    DepartmentKind.PROVINCE_OFFICE,
    DepartmentKind.DISTRICT_OFFICE,
    DepartmentKind.HIGH_SCHOOL,
    DepartmentKind.LOWER_SECONDARY,
    DepartmentKind.PRIMARY,
    DepartmentKind.KINDERGARTEN,
    DepartmentKind.CONTINUING_CENTRE,
    DepartmentKind.BOARDING_SCHOOL,
}
# The ministry, the government and the trade union have the kind OTHER.
_OTHER = {IssuerLevel.UNIT, IssuerLevel.MINISTRY, IssuerLevel.GOVERNMENT}
# The chairman of a district gave giấy khen until districts were abolished; the unit's dates say when.
_LOWER_COMMITTEE = {IssuerLevel.UNIT, IssuerLevel.COMMUNE}


def levels_of(issuer: Department, day: datetime.date) -> set[str]:
    """Returns the levels of award that the issuer could decide on that day; none while it did not exist."""
    if not issuer.is_open_on(day):
        return set()
    if issuer.kind in _OWN_SEAL:
        return {IssuerLevel.UNIT}
    if issuer.kind == DepartmentKind.OTHER:
        return set(_OTHER)
    if issuer.kind == DepartmentKind.PEOPLES_COMMITTEE:
        return (
            _LOWER_COMMITTEE if _is_under_another(issuer, day) else _LOWER_COMMITTEE | {IssuerLevel.PROVINCE}
        )
    return set()


def objections(decision: Decision) -> list[str]:
    """Returns a sentence for the registrar for each form of award that the issuer may not give."""
    issuer, day = decision.issuer, decision.signed_on
    if not issuer.is_open_on(day):
        return [f"{issuer} chưa thành lập hoặc đã kết thúc hoạt động vào ngày ký {day:%d/%m/%Y}."]
    allowed = levels_of(issuer, day)
    kinds = AwardKind.objects.filter(commendations__decision=decision).distinct()
    return [refusal(kind, issuer) for kind in kinds if kind.issuer_level not in allowed]


def refusal(kind: AwardKind, issuer: Department) -> str:
    """Returns the sentence that says why the issuer may not give this form of award."""
    lead = f"{issuer} không có thẩm quyền ký “{kind}”."
    if issuer.kind == DepartmentKind.PROVINCE_OFFICE:
        lead = f"Sở ký giấy khen, không ký bằng khen: {issuer} không thể tặng “{kind}”."
    return (
        f"{lead} Hình thức này do {kind.get_issuer_level_display()} quyết định. "
        "Hãy chọn lại hình thức hoặc cơ quan quyết định."
    )


def _is_under_another(committee: Department, day: datetime.date) -> bool:
    owners = committee.relations.on(day).filter(kind=RelationKind.ADMINISTRATIVE)
    return owners.filter(related__kind=DepartmentKind.PEOPLES_COMMITTEE).exists()

"""Which issuer may decide which form of award (Luật Thi đua, khen thưởng 06/2022/QH15, Điều 80, and earlier
laws).

A Sở gives giấy khen, never bằng khen. The form of award has levels (`AwardKind.issuer_levels`); the issuer's
kind, its level if it is a people's committee, and the day of signing give the levels it may decide.
"""

import datetime

from awards.enums import IssuerLevel
from awards.models import AwardKind, Decision
from departments.enums import SCHOOLS, CommitteeLevel, DepartmentKind
from departments.lineage import closed_words
from departments.models import Department

# Agencies and schools with legal personality; a division of the Sở or of a commune does not sign.
_OWN_SEAL = {DepartmentKind.PROVINCE_OFFICE, DepartmentKind.DISTRICT_OFFICE, *SCHOOLS}
# The ministry, the government and the trade union have the kind OTHER.
_OTHER = {IssuerLevel.UNIT, IssuerLevel.MINISTRY, IssuerLevel.GOVERNMENT}
# The chairman of a district gave giấy khen as a unit does, until districts were abolished: the unit's dates
# say when. A committee of unknown level may give what the lowest gives, never a bằng khen.
_COMMITTEE = {
    CommitteeLevel.PROVINCE: {IssuerLevel.PROVINCE},
    CommitteeLevel.DISTRICT: {IssuerLevel.UNIT},
    CommitteeLevel.COMMUNE: {IssuerLevel.COMMUNE},
    "": {IssuerLevel.COMMUNE},
}


def levels_of(issuer: Department, day: datetime.date) -> set[str]:
    """Returns the levels of award that the issuer could decide on that day; none while it did not exist."""
    if not issuer.is_open_on(day):
        return set()
    if issuer.kind in _OWN_SEAL:
        return {IssuerLevel.UNIT}
    if issuer.kind == DepartmentKind.OTHER:
        return set(_OTHER)
    if issuer.kind == DepartmentKind.PEOPLES_COMMITTEE:
        return set(_COMMITTEE[issuer.committee_level])
    return set()


def objections(decision: Decision) -> list[str]:
    """Returns a sentence for the registrar for each form of award that the issuer may not give."""
    if not decision.issuer.is_open_on(decision.signed_on):
        return [closed_words(decision.issuer, decision.signed_on)]
    kinds = AwardKind.objects.filter(commendations__decision=decision).distinct()
    found = (objection(kind, decision.issuer, decision.signed_on) for kind in kinds)
    return [words for words in found if words]


def objection(kind: AwardKind, issuer: Department, day: datetime.date) -> str:
    """Returns why the issuer may not give this form of award on that day; empty when it may."""
    if not issuer.is_open_on(day):
        return closed_words(issuer, day)
    if kind.issuer_levels & levels_of(issuer, day):
        return ""
    lead = f"{issuer} không có thẩm quyền ký “{kind}”."
    if issuer.kind == DepartmentKind.PROVINCE_OFFICE:
        lead = f"Sở ký giấy khen, không ký bằng khen: {issuer} không thể tặng “{kind}”."
    if issuer.kind == DepartmentKind.PEOPLES_COMMITTEE and not issuer.committee_level:
        return f"{lead} Chưa ghi đây là ủy ban cấp nào: hãy nhờ quản trị ghi ở trang của đơn vị."
    deciders = " hoặc ".join(IssuerLevel(level).label for level in sorted(kind.issuer_levels))
    return f"{lead} Hình thức này do {deciders} quyết định. Hãy chọn lại hình thức hoặc cơ quan quyết định."

"""The words of a giấy khen, as they stand in the register on the day of signing."""

import re

from django.conf import settings

from awards.enums import RecipientKind, SignerPrefix
from awards.models import Commendation, Decision
from departments.enums import DepartmentKind, Honorific
from departments.naming import name_on
from foundation.language.binding import bind
from foundation.language.dates import format_date
from identity.current import site_words
from press.subjects import Sheet

COLLECTIVE = "Tập thể"
_ADDRESSED = re.compile(r"(?:Ông|Bà|Em|Cô|Thầy|Tập thể)\b", re.IGNORECASE)
_OF_A_UNIT = re.compile(r"(\S+ \S.*?) (?:Sở|Trường|UBND|Ủy ban|Trung tâm|Phòng|Bộ)\b")
# On paper a teacher is Ông or Bà.
_FORMAL = {
    Honorific.MR: "Ông",
    Honorific.TEACHER_M: "Ông",
    Honorific.MRS: "Bà",
    Honorific.TEACHER_F: "Bà",
    Honorific.PUPIL: "Em",
}
_HEADS = {
    DepartmentKind.PROVINCE_OFFICE: "Giám đốc",
    DepartmentKind.CONTINUING_CENTRE: "Giám đốc",
    DepartmentKind.PEOPLES_COMMITTEE: "Chủ tịch",
    DepartmentKind.OFFICE_DIVISION: "Trưởng phòng",
    DepartmentKind.DISTRICT_OFFICE: "Trưởng phòng",
    DepartmentKind.COMMUNE_OFFICE: "Trưởng phòng",
    DepartmentKind.OTHER: "Thủ trưởng",
}


def sheets(decision: Decision) -> list[Sheet]:
    """Return a sheet for each commendation that is not revoked, collectives first, as they are called."""
    rows = decision.commendations.unrevoked().select_related("award_kind", "person")
    shared = _words_of_decision(decision)
    return [_sheet(row, decision, shared) for row in rows]


def _sheet(row: Commendation, decision: Decision, shared: dict[str, str]) -> Sheet:
    row.decision = decision
    words = shared | {
        "cach_goi": _form_of_address(row),
        "ten": row.recipient_name,
        "chuc_vu": row.recipient_title,
        "don_vi": bind(row.unit_name),
        "thanh_tich": bind(row.achievement or decision.summary),
        "hinh_thuc": row.award_kind.name,
        "so_vao_so": row.book_number,
        "ma": row.verify_code,
    }
    return Sheet(row, row.recipient_name, words, settings.SITE_URL + row.get_absolute_url())


def _form_of_address(row: Commendation) -> str:
    """Return how the recipient is addressed; whether Ông or Bà, the directory alone knows."""
    if _ADDRESSED.match(row.recipient_name):
        return ""
    if row.recipient_kind == RecipientKind.COLLECTIVE:
        return COLLECTIVE
    if row.is_pupil:
        return "Em"
    return _FORMAL.get(row.person.honorific, "") if row.person else ""


def _words_of_decision(decision: Decision) -> dict[str, str]:
    issuer = name_on(decision.issuer, decision.signed_on)
    return {
        "tham_quyen": f"{head_title(decision)} {issuer}".upper(),
        "so_quyet_dinh": decision.number,
        "ngay_quyet_dinh": f"{decision.signed_on:%d/%m/%Y}",
        "dia_danh": site_words().province or "…",
        "ngay_ky": format_date(decision.signed_on, "van-ban"),
        "tu_cach_ky": signing_lines(decision),
        "nguoi_ky": decision.signer_name,
    }


def short_title(title: str) -> str:
    """Return the title without its unit, which stands elsewhere: “Giám đốc Sở Giáo dục …” is “Giám đốc”."""
    found = _OF_A_UNIT.match(title)
    return found[1] if found else title


def head_title(decision: Decision) -> str:
    """Return the title of who gives the award: the head of the issuer, whoever signed for them."""
    title = short_title(decision.signer_title)
    if decision.signer_prefix in (SignerPrefix.NONE, SignerPrefix.Q, SignerPrefix.TM):
        return title
    if decision.signer_prefix == SignerPrefix.KT and title.lower().startswith("phó "):
        head = title[len("phó ") :]
        return head[:1].upper() + head[1:]
    return _HEADS.get(DepartmentKind(decision.issuer.kind), "Hiệu trưởng")


def signing_lines(decision: Decision) -> str:
    """Return what stands above the signature (NĐ 30/2020, phụ lục I): “KT. GIÁM ĐỐC”, “PHÓ GIÁM ĐỐC”."""
    prefix, title = decision.signer_prefix, short_title(decision.signer_title)
    if prefix == SignerPrefix.NONE:
        return title.upper()
    if prefix == SignerPrefix.Q:
        return f"Q. {title}".upper()
    if prefix == SignerPrefix.TM:
        return f"TM. {name_on(decision.issuer, decision.signed_on)}\n{title}".upper()
    return f"{prefix} {head_title(decision)}\n{title}".upper()

"""Papers of attendance at the public address that verifies commendations: the least that proves them."""

from awards.verification import OtherPaper, declare_papers
from departments.naming import name_on
from events.timing import date_words
from foundation.language.vietnamese import initials
from training.models import Attestation


def look_up(code: str) -> OtherPaper | None:
    """Return what is said of a given paper; a draft's code answers like one that does not exist."""
    rows = Attestation.objects.select_related("list__enrolment__event", "list__host")
    row = rows.given().filter(verify_code=code).first()
    if row is None:
        if Attestation.objects.corrected().filter(verify_code=code).exists():
            return OtherPaper("Giấy xác nhận tham gia", is_corrected=True)
        return None
    made = row.list
    return OtherPaper(
        "Giấy xác nhận tham gia",
        revoked=f"Thu hồi ngày {row.revoked_on:%d/%m/%Y}." if row.revoked_on else "",
        address=row.get_absolute_url(),
        facts=(
            ("Số", f"{row.number_words}, {made.signed_on:%d/%m/%Y}"),
            ("Người dự", row.full_name if made.shows_names else initials(row.full_name)),
            ("Nội dung", made.content),
            ("Thời gian", date_words(made.enrolment.event)),
            ("Cơ quan xác nhận", name_on(made.host, made.signed_on)),
            ("Mã giấy", row.verify_code),
        ),
    )


declare_papers(look_up)

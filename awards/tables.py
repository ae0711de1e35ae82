"""The register as comma-separated values."""

from collections.abc import Iterator

from awards.models import Commendation
from awards.querysets import CommendationQuerySet
from foundation.exporting import files as exporting

HEADINGS = (
    "Số quyết định",
    "Ngày ký",
    "Cơ quan quyết định",
    "Hình thức",
    "Đối tượng",
    "Tập thể, cá nhân",
    "Chức vụ hoặc lớp",
    "Đơn vị",
    "Thành tích",
    "Mã giấy khen",
    "Tình trạng",
)


def csv_lines(rows: CommendationQuerySet) -> Iterator[str]:
    """Lines of the file, newest decision first; rows are read in pieces, never all at once."""
    order = ("-decision__signed_on", "-decision", "recipient_kind", "position", "pk")
    found = rows.select_related("decision__issuer", "award_kind").order_by(*order)
    return exporting.csv_lines(HEADINGS, map(_cells, found.iterator(chunk_size=500)))


def _cells(row: Commendation) -> tuple[str, ...]:
    decision = row.decision
    return (
        decision.number,
        f"{decision.signed_on:%d/%m/%Y}",
        decision.issuer.name,
        row.award_kind.name,
        row.get_recipient_kind_display(),
        row.public_name,
        row.recipient_title,
        row.unit_name,
        row.public_achievement,
        row.verify_code,
        _revocation_words(row),
    )


def _revocation_words(row: Commendation) -> str:
    if row.revoked_on is None:
        return "Còn hiệu lực"
    return f"Đã thu hồi theo quyết định {row.revocation_number}, {row.revoked_on:%d/%m/%Y}"

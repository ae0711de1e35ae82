"""The register as comma-separated values."""

import csv
from collections.abc import Iterator

from awards.models import Commendation
from awards.querysets import CommendationQuerySet

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
# A cell that begins like this is run as a formula by spreadsheets (OWASP, CSV injection).
FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Vietnamese as Latin


class _Echo:
    """What csv.writer writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: CommendationQuerySet) -> Iterator[str]:
    """Lines of the file, newest decision first; rows are read in pieces, never all at once."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(HEADINGS)
    order = ("-decision__signed_on", "-decision", "recipient_kind", "position", "pk")
    found = rows.select_related("decision__issuer", "award_kind").order_by(*order)
    for row in found.iterator(chunk_size=500):
        yield writer.writerow([harmless(cell) for cell in _cells(row)])


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would run it."""
    return f"'{cell}" if cell.startswith(FORMULA_LEADS) else cell


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
        row.achievement or decision.summary,
        row.verify_code,
        _standing(row),
    )


def _standing(row: Commendation) -> str:
    if row.revoked_on is None:
        return "Còn hiệu lực"
    return f"Đã thu hồi theo quyết định {row.revocation_number}, {row.revoked_on:%d/%m/%Y}"

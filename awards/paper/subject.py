"""The giấy khen as a subject of the press.

The form that the law asks for is not known for certain (Nghị định 152/2025/NĐ-CP, Điều 1 leaves it to the
Prime Minister): the shipped template (giay-khen.json) follows the order of lines of NĐ 50/2006, Điều 28, says
so, and is the office's to confirm.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from approvals.enums import RecordStatus
from awards.models import Decision
from awards.paper.book import give_book_numbers
from awards.paper.words import COLLECTIVE, sheets
from departments.access import scope
from press.subjects import Field, Sheet, Subject, declare

PRINT = "awards.print_decision"
NOTE = (
    "Mẫu khởi đầu theo thứ tự dòng của các nghị định trước. Hình thức giấy khen do Thủ tướng Chính phủ quy "
    "định (Nghị định 152/2025/NĐ-CP, Điều 1) và hệ thống chưa có văn bản ấy để đối chiếu: cơ quan cần xem, "
    "sửa rồi xác nhận trước khi in để ký."
)
BOXES = Path(__file__).parent / "giay-khen.json"


def _why_not(decision: Decision) -> str:
    if decision.status != RecordStatus.PUBLIC:
        return (
            "Quyết định chưa công bố, nên mã trên giấy chưa xác minh được. Hãy công bố quyết định rồi in để "
            "ký; bây giờ in được bản thể hiện."
        )
    return ""


def _enter_in_book(decision: Decision, made: Iterable[Sheet]) -> None:
    made = list(made)
    give_book_numbers(decision, [sheet.row for sheet in made])
    for sheet in made:
        sheet.words["so_vao_so"] = sheet.row.book_number


def _writers(decision: Decision) -> set[int]:
    return set(decision.writers.values_list("pk", flat=True))


def _newest(user: Any) -> Decision | None:
    own = Decision.objects.filter(issuer__in=scope(user, PRINT), commendations__isnull=False)
    found: Decision | None = own.order_by("-signed_on", "-pk").first()
    return found


def default_boxes() -> list[dict[str, Any]]:
    """Return the boxes of the shipped template, on A4."""
    boxes: list[dict[str, Any]] = json.loads(BOXES.read_text())
    return boxes


GIAY_KHEN = declare(
    Subject(
        key="giay-khen",
        label="Giấy khen",
        noun="giấy khen",
        model=Decision,
        fields=(
            Field(
                "cach_goi", "Cách gọi", "Bà", typed=True, read=True, choices=("Ông", "Bà", "Em", COLLECTIVE)
            ),
            Field("ten", "Họ tên, tập thể", "H’Bluên Ayŭn Êban", required=True, typed=True, read=True),
            Field("chuc_vu", "Chức vụ, lớp", "Hiệu trưởng", typed=True, read=True),
            Field("don_vi", "Đơn vị", "Trường PTDTNT THPT N’Trang Lơng", typed=True, read=True),
            Field(
                "thanh_tich",
                "Thành tích",
                "Đã có thành tích xuất sắc trong công tác truyền thông năm học 2025–2026",
                required=True,
                typed=True,
                read=True,
            ),
            Field("hinh_thuc", "Hình thức", "Giấy khen"),
            Field("tham_quyen", "Người khen", "GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
            Field("so_quyet_dinh", "Số quyết định", "1302/QĐ-SGDĐT", required=True),
            Field("ngay_quyet_dinh", "Ngày quyết định, bằng số", "13/11/2026"),
            Field("dia_danh", "Địa danh", "Cao Nguyên"),
            Field("ngay_ky", "Ngày quyết định, bằng chữ", "ngày 13 tháng 11 năm 2026"),
            Field("tu_cach_ky", "Tư cách ký", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", required=True),
            Field("nguoi_ky", "Người ký", "Nguyễn Thị Thanh Bình", required=True),
            Field("so_vao_so", "Số vào sổ", "412"),
            Field("ma", "Mã giấy khen", "GK26-7K3M-9QXP"),
        ),
        permission=PRINT,
        readers=(PRINT, "awards.publish_decision"),
        sheets=sheets,
        title=lambda decision: f"Giấy khen, quyết định {decision.number}",
        writers=_writers,
        why_not=_why_not,
        before_signing=_enter_in_book,
        default_boxes=default_boxes,
        newest=_newest,
        note=NOTE,
    )
)

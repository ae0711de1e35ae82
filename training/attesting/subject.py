"""The paper of attendance as a subject of the press."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from approvals.enums import RecordStatus
from awards.paper.words import signing_lines
from departments.access import scope
from departments.naming import name_on
from events.timing import date_words
from foundation.language.binding import bind
from foundation.language.dates import format_date
from foundation.language.numbers import format_number
from identity.current import site_words
from press.subjects import Field, Sheet, Subject, declare
from training.models import AttestationList

PRINT = "training.change_attestationlist"
BOXES = Path(__file__).parent / "giay-xac-nhan.json"


def sheets(made: AttestationList) -> list[Sheet]:
    """Return a sheet for each row that is not revoked, by unit and name."""
    shared = _words_of_list(made)
    rows = made.rows.valid().order_by("unit_name", "sort_key", "pk")
    return [
        Sheet(
            row,
            row.full_name,
            shared
            | {
                "ten": row.full_name,
                "chuc_vu": row.title,
                "don_vi": bind(row.unit_name),
                "so_buoi": str(row.sittings),
                "so_gio": format_number(row.hours, 0 if row.hours == row.hours.to_integral() else 1),
                "so": row.number_words,
                "ma": row.verify_code,
            },
            settings.SITE_URL + row.get_absolute_url(),
        )
        for row in rows
    ]


def _words_of_list(made: AttestationList) -> dict[str, str]:
    event = made.enrolment.event
    return {
        "co_quan": name_on(made.host, made.signed_on).upper(),
        "noi_dung": bind(made.content),
        "thoi_gian": date_words(event),
        "dia_diem": event.place_name or "trực tuyến",
        "can_cu": made.grounds,
        "dia_danh": site_words().province or "…",
        "ngay_ky": format_date(made.signed_on, "van-ban"),
        "tu_cach_ky": signing_lines(made),  # type: ignore[arg-type]  # it has what a decision has of a signer
        "nguoi_ky": made.signer_name,
    }


def _why_not(made: AttestationList) -> str:
    if made.status != RecordStatus.PUBLIC:
        return "Danh sách chưa được duyệt nên giấy chưa có số; bây giờ in được bản thể hiện."
    return ""


def _newest(user: Any) -> AttestationList | None:
    own = AttestationList.objects.filter(host__in=scope(user, PRINT), rows__isnull=False)
    found: AttestationList | None = own.order_by("-signed_on", "-pk").first()
    return found


def default_boxes() -> list[dict[str, Any]]:
    """Return the boxes of the shipped template, on A4."""
    boxes: list[dict[str, Any]] = json.loads(BOXES.read_text())
    return boxes


ATTESTATION = declare(
    Subject(
        key="giay-xac-nhan",
        label="Giấy xác nhận tham gia",
        noun="giấy xác nhận tham gia",
        model=AttestationList,
        fields=(
            Field("ten", "Họ tên", "H’Bluên Ayŭn Êban", required=True, typed=True, read=True),
            Field("chuc_vu", "Chức vụ", "Hiệu trưởng", typed=True, read=True),
            Field("don_vi", "Đơn vị", "Trường PTDTNT THPT N’Trang Lơng", typed=True, read=True),
            Field("noi_dung", "Nội dung", "Hội nghị tập huấn công tác truyền thông năm 2026", required=True),
            Field("thoi_gian", "Ngày diễn ra", "thứ Tư, 25/11/2026", required=True),
            Field("dia_diem", "Địa điểm", "Hội trường Sở"),
            Field("so_buoi", "Số buổi", "2"),
            Field("so_gio", "Số giờ", "8"),
            Field("can_cu", "Căn cứ", "Kế hoạch số 89/KH-SGDĐT ngày 01/11/2026"),
            Field("co_quan", "Cơ quan", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
            Field("so", "Số vào sổ", "12/GXN"),
            Field("dia_danh", "Địa danh", "Cao Nguyên"),
            Field("ngay_ky", "Ngày ký, bằng chữ", "ngày 25 tháng 11 năm 2026"),
            Field("tu_cach_ky", "Tư cách ký", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", required=True),
            Field("nguoi_ky", "Người ký", "Nguyễn Thị Thanh Bình", required=True),
            Field("ma", "Mã giấy", "GK26-7K3M-9QXP"),
        ),
        permission=PRINT,
        readers=(PRINT, "training.approve_attestationlist"),
        sheets=sheets,
        title=lambda made: f"Giấy xác nhận tham gia, {made.enrolment}",
        writers=lambda made: set(made.writers.values_list("pk", flat=True)),
        why_not=_why_not,
        before_signing=lambda made, some: None,
        default_boxes=default_boxes,
        newest=_newest,
        note="Mẫu khởi đầu. Không văn bản nào quy định giấy xác nhận tham gia: cơ quan xem, sửa rồi xác nhận "
        "trước khi in để ký.",
    )
)

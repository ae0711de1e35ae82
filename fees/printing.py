"""The sheet of a month as a table and as a page to be signed on paper, with or without numbers."""

import re
from collections.abc import Mapping, Sequence

from departments.naming import name_on
from fees.enums import MonthStatus, Relation
from fees.models import FeeMonth, PayLine, PaySheet
from fees.numbers import Numbers
from foundation.language.dates import format_date
from foundation.language.numbers import format_number
from foundation.language.spoken import say_dong
from press.lists import Column, Page

PEOPLE = ("STT", "Họ tên (bút danh)", "Đơn vị")
NUMBERS = ("Mã số thuế, CCCD", "Số tài khoản, ngân hàng")
MONEY = ("Nhuận bút", "Khuyến khích", "Điều chỉnh", "Cộng", "Thuế TNCN", "Thực nhận")
SIGNED = ("Ký nhận",)
WORKS = (
    "Họ tên (bút danh)",
    "Tác phẩm",
    "Đường dẫn",
    "Ngày đăng",
    "Thể loại",
    "Phần việc",
    "Hệ số",
    "Đơn giá",
    "Hệ số của trang",
    "Tỷ lệ (%)",
    "Thành tiền",
    "Khuyến khích",
    "Ghi chú",
)
SIGNERS = ["Người lập", "Kế toán", "Thủ trưởng đơn vị"]
# Of a sheet across: twelve digits and sums of eight figures stand in one line.
_WIDTHS = {"STT": 0.5, "Họ tên (bút danh)": 1.7, "Đơn vị": 1.4, "Mã số thuế, CCCD": 1.7}
_WIDTHS |= {"Số tài khoản, ngân hàng": 1.85, "Ký nhận": 0.8} | dict.fromkeys(MONEY, 1.25)
_WORK_WIDTHS = (1.9, 3, 0, 1.5, 1.3, 1.1, 0.8, 1.1, 0.9, 0.9, 1.35, 1.2, 1.5)
_LONG = re.compile(r"(\w{12})(?=\w)")
_SHORT_RELATIONS = {Relation.STAFF: "", Relation.OUTSIDE: "", Relation.NON_RESIDENT: " (không cư trú)"}

Numbered = Mapping[int, Numbers] | None


def headings(numbered: Numbered) -> tuple[str, ...]:
    return (*PEOPLE, *(NUMBERS if numbered is not None else ()), *MONEY, *SIGNED)


def rows(lines: Sequence[PayLine], numbered: Numbered) -> list[list[str]]:
    """Return a row for each payee; `numbered` are the numbers by line for who may read them, else None."""
    found = []
    for place, line in enumerate(lines, 1):
        money = (line.fees, line.encouragement, line.corrections, line.gross, line.tax, line.net)
        said = [str(place), line.full_name + _SHORT_RELATIONS[Relation(line.relation)], line.unit_name]
        if numbered is not None:
            said += _numbers(numbered[line.pk], line)
        found.append([*said, *map(format_number, money), ""])
    return found


def total_row(sheet: PaySheet, lines: Sequence[PayLine], numbered: Numbered) -> list[str]:
    """Return the last row: “Tổng cộng” and the sums of each column of money."""
    columns = ("fees", "encouragement", "corrections")
    sums = [sum(getattr(line, name) for line in lines) for name in columns]
    gap = [""] * len(NUMBERS) if numbered is not None else []
    money = map(format_number, (*sums, sheet.gross, sheet.tax, sheet.net))
    return ["", "Tổng cộng", "", *gap, *money, ""]


def total_words(sheet: PaySheet) -> str:
    """Return “Tổng thực nhận: 5.320.000 đồng. Bằng chữ: …”."""
    return (
        f"Tổng thực nhận: {format_number(sheet.net, unit='dong')}. Bằng chữ: {say_dong(sheet.net).lower()}."
    )


def work_rows(lines: Sequence[PayLine], site: str) -> list[list[str]]:
    """Return a row for each work of each payee, with the address readers have; corrections say of what."""
    return [[line.full_name, *_work(work, site)] for line in lines for work in line.works]


def sheet_page(month: FeeMonth, lines: Sequence[PayLine], numbered: Numbered) -> Page:
    """Return the sheet to be signed on paper."""
    sheet, labels = month.sheet, headings(numbered)
    figures = {*MONEY, "STT"}
    is_final = month.status in (MonthStatus.APPROVED, MonthStatus.CLOSED)
    return Page(
        office=name_on(month.department, sheet.paid_on).upper(),
        title=f"BẢNG KÊ NHUẬN BÚT THÁNG {month.first_day:%m/%Y}",
        subtitle=f"Ngày chi {format_date(sheet.paid_on, 'so')}; {month.get_status_display().lower()}"
        + ("" if is_final else " (chưa duyệt, chưa có giá trị chi)"),
        columns=[Column(label, _WIDTHS[label], "right" if label in figures else "left") for label in labels],
        rows=[*_breakable(rows(lines, numbered)), total_row(sheet, lines, numbered)],
        after=[
            total_words(sheet),
            f"Khấu trừ thuế thu nhập cá nhân: {sheet.tax_document}. Người của cơ quan chi tính thuế cùng "
            "tiền lương; người có bản cam kết không khấu trừ nhưng vẫn kê khai cuối năm.",
        ],
        signers=SIGNERS,
        wide=True,
    )


def works_page(month: FeeMonth, lines: Sequence[PayLine], site: str) -> Page:
    """Return the list of works behind the sheet."""
    kept = [WORKS.index(label) for label in WORKS if label != "Đường dẫn"]
    figures = {"Hệ số", "Đơn giá", "Hệ số của trang", "Tỷ lệ (%)", "Thành tiền", "Khuyến khích"}
    return Page(
        office=name_on(month.department, month.sheet.paid_on).upper(),
        title=f"CHI TIẾT NHUẬN BÚT THÁNG {month.first_day:%m/%Y}",
        columns=[
            Column(WORKS[place], _WORK_WIDTHS[place], "right" if WORKS[place] in figures else "left")
            for place in kept
        ],
        rows=[[row[place] for place in kept] for row in work_rows(lines, site)],
        wide=True,
    )


def _breakable(found: list[list[str]]) -> list[list[str]]:
    """Let a long account number go on in a second line of its cell."""
    return [[_LONG.sub(r"\1 ", cell) if cell[:1].isdigit() else cell for cell in row] for row in found]


def _numbers(numbers: Numbers, line: PayLine) -> list[str]:
    account = ", ".join(filter(None, (numbers.bank_account, line.bank_name)))
    return [numbers.tax_number, account]


def _work(work: dict, site: str) -> list[str]:
    address = f"{site}{work['address']}"
    if "correction" in work:
        year, month, _day = work["of_month"].split("-")
        note = f"Điều chỉnh tháng {month}/{year}: {work['reason']}"
        blanks = ["", "", work["part"], "", "", "", ""]
        return [work["title"], address, *blanks, format_number(work["amount"]), "", note]
    year, month, day = work["day"].split("-")
    price = format_number(work["unit_price"]) if work["unit_price"] is not None else ""
    said = [work["title"], address, f"{day}/{month}/{year}", work["genre"], work["part"]]
    said += [_comma(work["coefficient"]), price, _comma(work["factor"]), _comma(work["percent"])]
    return [*said, format_number(work["amount"]), format_number(work["encouragement"]), work["reason"]]


def _comma(figure: str) -> str:
    return figure.replace(".", ",")

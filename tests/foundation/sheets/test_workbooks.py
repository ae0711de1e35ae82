"""A workbook is read as Excel shows it; what is hidden, broken or too large is told, never guessed."""

import datetime
import io
import random
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from foundation.sheets.displaying import displayed
from foundation.sheets.doubts import by_cause, doubt, is_foot, is_total
from foundation.sheets.reading import SheetRefused, read_file, read_table
from tests.shared import case

NAMES = ["STT", "Họ và tên", "Lớp", "Đơn vị"]


def packed(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(content, name="ds.xlsx"):
    return read_file(SimpleUploadedFile(name, content))


def rewritten(content, old, new, **more):
    """The file with its XML changed, as Excel writes what openpyxl does not."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(file, "w") as made:
        for name in source.namelist():
            made.writestr(name, source.read(name).replace(old.encode(), new.encode()))
        for name, text in more.items():
            made.writestr(name, text)
    return file.getvalue()


def lines(text):
    return [line.split("\t") for line in text.splitlines()]


@pytest.fixture
def book():
    book = Workbook()
    book.active.append(NAMES)
    for number in range(1, 5):
        book.active.append([number, f"Người {number}", f"9A{number}", "Trường B" if number == 1 else None])
    return book


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (912345678, "0000000000", "0912345678"),
        (1, '"9A"0', "9A1"),
        (0.975, "0.0%", "97,5%"),
        (1520000, "#,##0", "1.520.000"),
        (1520000, '_-* #,##0 "đ"_-', "1.520.000 đ"),
        (710000.0, "General", "710000"),
        (8.5, "General", "8,5"),
        (12, "@", "12"),
        (0.5, "# ?/?", "0,5"),
        (True, "General", "Đúng"),
        (None, "General", ""),
        (datetime.datetime(2026, 1, 9), "d-mmm", "09/01/2026"),
        (datetime.date(2026, 1, 9), "d/m", "09/01/2026"),
        (datetime.time(7, 30), "h:mm", "07:30"),
        (float("inf"), "0", "inf"),
        (5, "0" * 5000, "5"),
    ],
)
def test_a_cell_is_what_is_shown(value, number_format, text):
    assert displayed(value, number_format) == text


def test_merged_cells_stand_for_each_of_their_rows(book):
    book.active.merge_cells("D2:D4")
    table = lines(read(packed(book)).text)
    assert [row[3] for row in table] == ["Đơn vị", "Trường B", "Trường B", "Trường B", ""]


def test_hidden_rows_columns_and_sheets_are_named_and_not_taken(book):
    sheet = book.active
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for name, state in (("Nháp", "hidden"), ("Rất kín", "veryHidden"), ("Đợt 2", "visible")):
        other = book.create_sheet(name)
        other.append(["Người khác"])
        other.sheet_state = state
    found = read(packed(book))
    assert "Người 2" not in found.text
    assert "9A1" not in found.text
    assert "Người khác" not in found.text
    said = " ".join(found.notes)
    for words in ("“Nháp”", "“Rất kín”", "“Đợt 2”", "Dòng 3 của tệp đang ẩn", "Cột C"):
        assert words in said


def test_the_first_visible_sheet_is_taken(book):
    first = book.create_sheet("Bìa", 0)
    first.append(["Không phải danh sách"])
    first.sheet_state = "hidden"
    book.active = 1
    assert "Người 1" in read(packed(book)).text


def test_a_formula_without_a_result_is_doubted(book):
    book.active["B2"] = '="Nguyễn"&" Lan"'
    cell = lines(read(packed(book)).text)[1][1]
    assert "công thức" in doubt(cell)


@pytest.mark.parametrize(
    "cell",
    ["09/01/2026", "9-Jan", "01-Thg9", "Sep-26", "2026-01-09 00:00:00", "#N/A", "#REF!", "###", "Err:502"],
)
def test_what_excel_spoiled_is_doubted(cell):
    assert doubt(cell).startswith(f"Ô ghi “{cell}”")


@pytest.mark.parametrize("cell", ["9/1", "Lớp 9/1", "20/11", "12A1", "ngày 20/11/2026", "3.5", "Jan", "#1"])
def test_what_is_written_so_is_not_doubted(cell):
    assert doubt(cell) == ""


def test_a_day_is_no_doubt_where_days_are_asked():
    assert doubt("09/01/2026", is_date=True) == ""
    assert doubt("#N/A", is_date=True)


def test_sums_and_signatures_are_no_people():
    assert is_total(["", "Tổng cộng: 12 người", ""])
    assert is_total(["Cộng", "5"])
    assert not is_total(["Công", "9A", "Trường B"])
    assert not is_total(["1", "Tổng Thị Lan"])
    assert is_foot(["", "Người lập biểu", "", "HIỆU TRƯỞNG"])
    assert is_foot(["Đắk Lắk, ngày 12 tháng 5 năm 2026"])
    assert not is_foot(["1", "Giám Thị Ngày"])


def test_one_cause_is_one_message():
    errors = [(5, "b"), (2, "a"), (3, "a"), (4, "a"), (9, "a")]
    assert by_cause(errors) == [("2–4, 9", "a"), ("5", "b")]


@pytest.mark.parametrize(
    "content",
    [
        b"<html><table><tr><td>H\xe1\xbb\x8d t\xc3\xaan</td></tr></table></html>",
        b"\xef\xbb\xbf\n<!DOCTYPE html><table></table>",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook></Workbook>',
        b"<meta charset=utf-8><table>",
    ],
)
def test_a_page_that_bears_the_name_of_a_sheet_is_refused(content):
    with pytest.raises(SheetRefused, match="trang web mang tên Excel"):
        read(content, "ds.xls")


def test_the_first_line_may_name_the_separator():
    table = read_table(read("sep=;\r\nHọ tên;Đơn vị\r\nLan, Mai;Trường B\r\n".encode(), "ds.csv").text)
    assert table == [(2, ["Họ tên", "Đơn vị"]), (3, ["Lan, Mai", "Trường B"])]


def test_a_broken_workbook_is_refused_in_words(book):
    """The same file with bytes changed, lost or doubled, 500 times."""
    content, chance, refused = packed(book), random.Random(7), 0  # noqa: S311 (repeatable)
    for _ in range(500):
        broken = bytearray(content)
        for _ in range(chance.choice((1, 4, 30))):
            place = chance.randrange(len(broken))
            broken[place : place + chance.choice((0, 1, 1, 9))] = chance.randbytes(
                chance.choice((0, 1, 1, 3))
            )
        try:
            read(bytes(broken))
        except SheetRefused as refusal:
            refused += 1
            assert str(refusal).endswith(".")
    assert refused > 100


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_workbook_whose_xml_means_nothing_is_refused_or_read(book, part):
    chance = random.Random(11)  # noqa: S311 (repeatable)
    with zipfile.ZipFile(io.BytesIO(packed(book))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _ in range(60):
        text = bytearray(parts[part])
        for _ in range(3):
            text[chance.randrange(len(text))] = chance.choice(b'0aZ"<>/=&- ')
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            for name, bytes_ in parts.items():
                package.writestr(name, bytes(text) if name == part else bytes_)
        try:
            read(file.getvalue())
        except SheetRefused as refusal:
            assert str(refusal).endswith(".")


def test_the_work_for_a_small_file_is_bounded():
    wide = Workbook(write_only=True)
    sheet = wide.create_sheet()
    for _ in range(400):
        sheet.append([1] * 400)
    content = packed(wide)
    began = time.process_time()
    with pytest.raises(SheetRefused, match="quá lớn"):
        read(content)
    assert time.process_time() - began < max(1, len(content) / 100_000)


def test_two_thousand_lines_are_read():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(NAMES)
    for number in range(2000):
        sheet.append([number, f"Nguyễn Văn {number}", f"9A{number % 9}", "Trường THPT Chu Văn An"])
    began = time.process_time()
    assert len(lines(read(packed(book)).text)) == 2001
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("xlsx-merged-unit.xlsx", "Lê Thị Mẫu\t12A3\tTrường THPT Chu Văn An"),
        ("xlsx-class-as-date.xlsx", "09/01/2026"),
        ("xlsx-error-cells.xlsx", "#N/A"),
    ],
)
def test_real_sheets(file, expected):
    assert expected in read(case(file).read_bytes(), file).text


def test_a_title_with_commas_above_a_table_with_tabs_is_one_cell():
    text = "DANH SÁCH CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN\nHọ tên\tLớp\nLan, Minh\t9A"
    assert [cells for _, cells in read_table(text)][1:] == [["Họ tên", "Lớp"], ["Lan, Minh", "9A"]]


def test_what_is_struck_out_is_not_taken_and_told(book):
    sheet = book.active
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>'
        "<r><rPr><strike/></rPr><t>9A3 </t></r><r><rPr><b/></rPr><t>9B3</t></r></si></sst>"
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    listed = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    content = rewritten(packed(book), 't="inlineStr"><is><t>9A3</t></is>', 't="s"><v>0</v>')
    content = rewritten(content, "</Types>", listed, **{"xl/sharedStrings.xml": strings})
    taken = read(content)
    assert [cells[2] for _, cells in read_table(taken.text)] == ["Lớp", "9A1", "9B3", "9A4"]
    assert taken.notes == ["Chữ bị gạch ngang ở dòng 3–4 của tệp không lấy."]


def test_a_row_without_height_is_hidden(book):
    taken = read(rewritten(packed(book), '<row r="3"', '<row r="3" ht="0" customHeight="1"'))
    assert "Người 2" not in taken.text
    assert taken.notes[0].startswith("Dòng 3 của tệp đang ẩn")


def test_lines_of_an_old_mac_are_lines():
    assert read_table(read("Họ tên\rLan\rHoa".encode(), "a.csv").text) == [
        (1, ["Họ tên"]),
        (2, ["Lan"]),
        (3, ["Hoa"]),
    ]


@pytest.mark.parametrize("place", [0, None])
def test_a_sheet_that_is_a_chart_does_not_stand_in_the_way(place):
    book = Workbook()
    book.active.append(["Họ và tên", "Đơn vị"])
    book.active.append(["Lê Thị Lan", "THPT Chu Văn An"])
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, min_row=1, max_row=2))
    book.create_chartsheet("Biểu đồ", place).add_chart(chart)
    assert "Lê Thị Lan\tTHPT Chu Văn An" in read(packed(book)).text


def test_pieces_of_a_cell_that_are_struck_out_are_not_taken_and_told():
    """Written inside the cell, as other programs than Excel write it."""
    book = Workbook()
    book.active.append(["Họ và tên", "Đơn vị"])
    book.active.append([None, "THPT Chu Văn An"])
    struck = TextBlock(InlineFont(strike=True), "Lam")
    pieces = CellRichText("Lê Thị ", struck, TextBlock(InlineFont(), "Lan"))
    book.active["A2"] = pieces
    table = read(packed(book))
    assert "Lê Thị Lan\tTHPT Chu Văn An" in table.text
    assert any("gạch ngang ở dòng 2" in note for note in table.notes)

"""A pasted table or a file becomes rows, or a list of errors; never only a part of it."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from approvals.enums import RecordStatus
from awards.enums import IssuerLevel, RecipientKind
from awards.fields import give_codes
from awards.importing import ListRefused, parse, save
from awards.models import Commendation
from foundation.sheets.reading import MOST_BYTES, SheetRefused, read_file, read_table
from tests.factories.awards import make_award_kind, make_commendation, make_decision
from tests.factories.departments import make_department
from tests.shared import CASES, case

pytestmark = pytest.mark.django_db

TABLE = (
    "STT\tTập thể, cá nhân\tChức vụ\tĐơn vị\tThành tích\tTiền thưởng\n"
    "I\tTẬP THỂ\n"
    "1\tTổ Toán\t\tTrường THPT Chu Văn An\tDạy tốt\t1.410.000\n"
    "\n"
    "II\tCá nhân (02)\n"
    "1\tNguyễn Thị Lan\tGiáo viên\tTrường THPT Chu Văn An\tDạy tốt\t\n"
    "2\tH’Nương Byă\tGiáo viên\tTrường PTDTNT Lắk\t\t\n"
)


@pytest.fixture
def decision(province):
    return make_decision(issuer=province, status=RecordStatus.DRAFTING)


@pytest.fixture
def kind():
    return make_award_kind()


def errors(text, decision, kind):
    report = parse(text, decision, kind)
    assert report.errors
    return report.errors


def test_a_pasted_table_is_read(decision, kind, school):
    report = parse(TABLE, decision, kind)
    assert report.errors == []
    assert [(row.recipient_kind, row.recipient_name, row.recipient_title) for row in report.rows] == [
        ("collective", "Tổ Toán", ""),
        ("individual", "Nguyễn Thị Lan", "Giáo viên"),
        ("individual", "H’Nương Byă", "Giáo viên"),
    ]
    assert [row.reward_amount for row in report.rows] == [1_410_000, None, None]
    assert [row.department_id for row in report.rows] == [school.pk, school.pk, None]
    assert [row.unit_name for row in report.rows] == [
        "Trường THPT Chu Văn An",
        "Trường THPT Chu Văn An",
        "Trường PTDTNT Lắk",
    ]
    assert report.unknown_units == {"Trường PTDTNT Lắk"}


def test_it_is_saved_whole_after_the_rows_there_are(decision, kind, registrar):
    make_commendation(decision, "Lê Quốc Việt", position=4)
    assert save(parse(TABLE, decision, kind), decision, user=registrar, seen_version=1) == 3
    rows = list(decision.commendations.order_by("position"))
    assert [(row.recipient_name, row.position) for row in rows] == [
        ("Lê Quốc Việt", 4),
        ("Tổ Toán", 5),
        ("Nguyễn Thị Lan", 6),
        ("H’Nương Byă", 7),
    ]
    assert len({row.verify_code for row in rows} - {""}) == 4
    decision.refresh_from_db()
    assert decision.version == 2
    assert list(decision.writers.all()) == [registrar]


def test_one_wrong_row_and_nothing_is_saved(decision, kind, registrar):
    report = parse(TABLE.replace("1.410.000", "1,410,000"), decision, kind)
    assert report.errors == [(3, "Không đọc được số tiền “1,410,000”. Hãy ghi như 710.000.")]
    with pytest.raises(ListRefused):
        save(report, decision, user=registrar, seen_version=1)
    assert decision.commendations.count() == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", (1, "Chưa có dòng nào. Hãy dán bảng kèm dòng tên cột.")),
        (
            "Họ và tên\tQuê quán\nLan\tLắk",
            (1, "Không hiểu cột “Quê quán”. Hãy đổi tên cột theo danh sách bên"),
        ),
        ("Đơn vị\nTrường", (1, "Thiếu cột “Họ và tên”")),
        ("Họ tên\tTên\nLan\tLan", (1, "Cột “Tên” có hai lần.")),
        ("Họ tên\t\tLớp\nLan\tx\t5A", (1, "Cột thứ 2 chưa có tên.")),
        ("Họ tên\tĐối tượng\nLan\tGia đình", (2, "Đối tượng “Gia đình” chưa rõ")),
        ("Họ tên\tHọc sinh\nLan\tlớp 5", (2, "Cột Học sinh ghi “lớp 5”")),
        ("Họ tên\tĐối tượng\tHọc sinh\nTổ\tTập thể\tx", (2, "Chỉ cá nhân mới đánh dấu là học sinh.")),
        ("Họ tên\tHình thức\nLan\tCờ thi đua", (2, "Chưa có hình thức “Cờ thi đua”")),
        ("Họ tên\tLớp\n\t5A", (2, "Tập thể, cá nhân được khen: ")),
        ("Họ tên\n" + "Lan " * 60, (2, "Tập thể, cá nhân được khen: ")),
        ("Họ tên\nLan\tthừa một ô", (2, "Có ô nằm ngoài các cột: “thừa một ô”.")),
        ("Họ tên\tLớp\nLan\t5A\nMai\t5B\nLAN\t5a", (4, "“LAN” trùng với dòng 2.")),
        ('Họ tên\tLớp\n"Lan\t5A\nMai\t5B\n', (2, "Có dấu ngoặc kép mở mà chưa đóng")),
    ],
)
def test_what_is_wrong_is_said_by_line(text, said, decision, kind):
    line, sentence = said
    found = errors(text, decision, kind)
    assert any(at == line and words.startswith(sentence) for at, words in found), found


def test_a_form_the_issuer_may_not_give_is_said_by_line(decision, kind):
    make_award_kind("Bằng khen", IssuerLevel.MINISTRY)
    found = errors("Họ tên\tHình thức\nLan\tGiấy khen\nMai\tBẰNG KHEN", decision, kind)
    assert [line for line, _ in found] == [3]
    assert "Sở ký giấy khen, không ký bằng khen" in found[0][1]


def test_a_list_is_not_added_twice(decision, kind, registrar):
    save(parse(TABLE, decision, kind), decision, user=registrar, seen_version=1)
    again = errors(TABLE, decision, kind)
    assert [line for line, _ in again] == [3, 6, 7]
    assert again[0][1] == "“Tổ Toán” đã có trong danh sách của quyết định."


def test_pupils_are_marked_by_column_or_section(decision, kind):
    report = parse("Họ tên\tLớp\tHọc sinh\nLan\t\t\nBảo\t5A\tx\nHọc sinh\nMai\t5B\t\n", decision, kind)
    assert [row.is_pupil for row in report.rows] == [False, True, True]
    assert {row.recipient_kind for row in report.rows} == {RecipientKind.INDIVIDUAL}


def test_a_name_two_units_bear_links_to_neither(decision, kind):
    for number in (1, 2):
        make_department("Trường THPT Nguyễn Huệ", slug=f"nguyen-hue-{number}")
    report = parse("Họ tên\tTrường\nLan\tTrường THPT Nguyễn Huệ", decision, kind)
    assert report.rows[0].department_id is None
    assert report.rows[0].unit_name == "Trường THPT Nguyễn Huệ"


def test_a_decision_moved_meanwhile_takes_no_rows(decision, kind, registrar):
    report = parse(TABLE, decision, kind)
    type(decision).objects.update(version=5)
    with pytest.raises(ListRefused, match="vừa được lưu hoặc chuyển bước"):
        save(report, decision, user=registrar, seen_version=1)
    type(decision).objects.update(version=1, status=RecordStatus.PUBLIC)
    with pytest.raises(ListRefused):
        save(report, decision, user=registrar, seen_version=1)
    assert decision.commendations.count() == 0


def test_reading_costs_the_same_for_few_and_many_rows(decision, kind, django_assert_num_queries):
    for rows in (1, 40):
        text = "Họ tên\tĐơn vị\n" + "\n".join(f"Người {n}\tTrường {n}" for n in range(rows))
        with django_assert_num_queries(5):  # forms, names of units, rows there are, rates, salaries
            assert len(parse(text, decision, kind).rows) == rows


# --- files --------------------------------------------------------------------------------------------


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def workbook(rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_a_workbook_becomes_the_text_that_is_pasted(decision, kind):
    cells = list(csv.reader(io.StringIO(TABLE), delimiter="\t"))
    text = read_file(upload("ds.xlsx", workbook(cells))).text
    assert [row.recipient_name for row in parse(text, decision, kind).rows] == [
        "Tổ Toán",
        "Nguyễn Thị Lan",
        "H’Nương Byă",
    ]


def test_numbers_of_a_workbook_stay_whole(decision, kind):
    text = read_file(
        upload("ds.xlsx", workbook([["Họ tên", "Tiền thưởng"], ["Lan", 710000.0], ["Mai", 710000]]))
    ).text
    assert [row.reward_amount for row in parse(text, decision, kind).rows] == [710_000, 710_000]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_file_is_read_however_it_was_saved(sign, encoding, decision, kind):
    content = f"Họ tên{sign}Đơn vị\nĐào Ấn{sign}Trường Đắk Lắk\n".encode(encoding)
    row = parse(read_file(upload("ds.csv", content)).text, decision, kind).rows[0]
    assert (row.recipient_name, row.unit_name) == ("Đào Ấn", "Trường Đắk Lắk")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 khong phai", "Không mở được tệp Excel này"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "Excel đời cũ"),
        (b"H\xe4 t\xean\n", "Không đọc được chữ trong tệp"),
        (b"x" * (MOST_BYTES + 1), "Tệp lớn hơn 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(content, said):
    with pytest.raises(SheetRefused, match=said):
        read_file(upload("ds.xlsx", content))


def test_cells_with_line_breaks_stay_one_cell():
    assert read_table('Họ tên\tThành tích\nLan\t"Dạy tốt\nHọc tốt"\nMai\tKhá\n') == [
        (1, ["Họ tên", "Thành tích"]),
        (2, ["Lan", "Dạy tốt Học tốt"]),
        (4, ["Mai", "Khá"]),
    ]


def test_a_typed_list_of_thirty_names_needs_no_headings(decision, kind):
    lines = [f"{number}. Nguyễn Văn A{number}, Giáo viên, Trường THPT B" for number in range(1, 31)]
    report = parse("\n".join(["Cá nhân", *lines]), decision, kind)
    assert report.errors == []
    first = report.rows[0]
    assert (len(report.rows), first.recipient_name, first.recipient_title, first.unit_name) == (
        30,
        "Nguyễn Văn A1",
        "Giáo viên",
        "Trường THPT B",
    )


def test_names_alone_are_a_list_too(decision, kind):
    report = parse("Tập thể\nTổ Toán, Tin\nCá nhân\nTrần Thị B\n", decision, kind)
    assert [(row.recipient_name, row.recipient_kind) for row in report.rows] == [
        ("Tổ Toán, Tin", RecipientKind.COLLECTIVE),
        ("Trần Thị B", RecipientKind.INDIVIDUAL),
    ]


def names(text, decision, kind):
    report = parse(text, decision, kind)
    assert report.errors == []
    return [row.recipient_name for row in report.rows]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("1. A", "A"),
        ("1/ Nguyễn Văn A", "Nguyễn Văn A"),
        ("12 - Y Blŭk Êban", "Y Blŭk Êban"),
        ("01) A", "A"),
        ("1.Nguyễn Văn A", "Nguyễn Văn A"),
        ("3. 12A1", "12A1"),
        ("2) Lớp 9/1", "Lớp 9/1"),
        ("Tập thể lớp 9/1", "Tập thể lớp 9/1"),
        ("Trường THPT 19/5", "Trường THPT 19/5"),
        ("Lớp 12A1 - Trường X", "Lớp 12A1 - Trường X"),
        ("Câu lạc bộ 26/3", "Câu lạc bộ 26/3"),
        ("26 tháng 3, đội", "26 tháng 3, đội"),
        ("9/ 1A", "9/ 1A"),
        ("12A1", "12A1"),
        ("12-A1", "12-A1"),
        ("9/A", "9/A"),
    ],
)
def test_only_the_number_of_a_row_is_taken_from_a_name(typed, name, decision, kind):
    assert names(f"Tập thể\n{typed}", decision, kind) == [name]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("heading", ["Họ và tên học sinh", "HỌ TÊN GV", "Danh sách khen thưởng"])
def test_a_heading_is_no_recipient(heading, ending, decision, kind):
    lines = [[heading], ["Nguyễn Thị Lan"]]
    content = "\n".join(f"{line[0]};Trường B" for line in lines).encode()
    text = read_file(upload(f"ds.{ending}", workbook(lines) if ending == "xlsx" else content)).text
    assert errors(text, decision, kind)[0][1].startswith(f"Không hiểu cột “{heading}”.")


def test_headings_after_the_name_of_a_list_or_a_section_are_no_recipients(decision, kind):
    assert names("SỞ GIÁO DỤC\nHọ và tên\nNguyễn Thị Lan", decision, kind) == ["Nguyễn Thị Lan"]
    said = errors("Học sinh\nHọ tên HS\nNguyễn Thị Lan", decision, kind)
    assert any("Dòng đầu tiên phải là tên các cột." in sentence for _, sentence in said)


@pytest.mark.parametrize(
    "text",
    ["1,Nguyễn Văn A,Giáo viên,Trường B\n2,Trần Thị B,Giáo viên,Trường B", "1;Nguyễn Văn A\n2;Trần Thị B"],
)
def test_a_column_of_numbers_is_no_name(text, decision, kind):
    assert names(text, decision, kind) == ["Nguyễn Văn A", "Trần Thị B"]


def test_a_name_without_letters_is_refused(decision, kind):
    said = "“9/1” chưa phải là tên: hãy ghi đủ chữ, ví dụ Lớp 9/1."
    assert errors("Tập thể\nTổ Toán\n9/1", decision, kind) == [(3, said)]
    assert errors("Họ tên\tLớp\n9/1\t9A", decision, kind) == [(2, said)]


def test_commas_part_people_but_never_the_name_of_a_collective(decision, kind):
    lines = (
        "Nguyễn Thị Lan, giáo viên, THPT A",
        "Tập thể",
        "Tổ Toán, Tin",
        "2. Tổ Văn, Sử, Địa, Giáo dục công dân",
        "3, Tổ Lý, Hóa; ; Trường THPT B",
        '"Tổ Thể dục, Quốc phòng",,Trường THPT C',
        "Cá nhân",
        "Trần Thị B, giáo viên",
    )
    rows = parse("\n".join(lines), decision, kind).rows
    assert [(row.recipient_name, row.recipient_title, row.unit_name) for row in rows] == [
        ("Nguyễn Thị Lan", "giáo viên", "THPT A"),
        ("Tổ Toán, Tin", "", ""),
        ("Tổ Văn, Sử, Địa, Giáo dục công dân", "", ""),
        ("Tổ Lý, Hóa", "", "Trường THPT B"),
        ("Tổ Thể dục, Quốc phòng", "", "Trường THPT C"),
        ("Trần Thị B", "giáo viên", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Học sinh\nLê Gia Bảo, lớp 9A, Trường B",
        "Lê Gia Bảo, học sinh, Trường B",
        "Họ tên\tChức vụ\nLê Gia Bảo\tHọc sinh lớp 9A",
    ],
)
def test_who_is_called_a_pupil_is_saved_as_one(text, decision, kind):
    assert [row.is_pupil for row in parse(text, decision, kind).rows] == [True]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("xlsx-cyrillic-name.xlsx", ["Nguyễn Thị Mẫu", "12A1", "Trường THPT Chu Văn An", "Đạt giải Nhất"]),
        (
            "xlsx-old-font.xlsx",
            [
                "Nguyễn Thị Hường",
                "12A1",
                "Trường THPT Chu Văn An",
                "Đạt giải Nhất kỳ thi học sinh giỏi cấp tỉnh",
            ],
        ),
    ],
)
def test_cells_of_other_alphabets_and_old_fonts_become_vietnamese(name, cells):
    if not CASES.exists():
        pytest.skip("shared/cases is absent")
    table = read_table(read_file(upload(name, (CASES / name).read_bytes())).text)
    assert table[1][1][1:5] == cells


def test_a_short_cell_in_an_old_font_follows_the_others():
    table = read_table("Hä vµ tªn\tLíp\tTr\u00adêng\nLª V¨n An\tLíp 9\tTHCS Phan Béi Ch©u\n")
    assert [cells for _, cells in table] == [
        ["Họ và tên", "Lớp", "Trường"],
        ["Lê Văn An", "Lớp 9", "THCS Phan Bội Châu"],
    ]


# --- what offices really send ---------------------------------------------------------------------------


def test_a_title_above_the_headings_is_left_out_and_named(decision, kind):
    titles = "SỞ GIÁO DỤC VÀ ĐÀO TẠO\t\t\nDANH SÁCH ĐỀ NGHỊ\t\t\n\t\t\n"
    text = f"{titles}STT\tHọ và tên\tĐơn vị\n1\tNguyễn Thị Lan\tTrường B"
    report = parse(text, decision, kind)
    assert report.errors == []
    assert [row.recipient_name for row in report.rows] == ["Nguyễn Thị Lan"]
    assert "SỞ GIÁO DỤC VÀ ĐÀO TẠO" in report.notes[0]


def test_headings_of_two_lines_and_a_line_of_numbers_are_headings(decision, kind):
    text = (
        "STT\tHọ và tên\tĐơn vị\tKhen thưởng\t\n\t\t\tHình thức\tTiền thưởng\n(1)\t(2)\t(3)\t(4)\t(5)\n"
        "1\tNguyễn Thị Lan\tTrường B\tGiấy khen\t\n"
    )
    report = parse(text, decision, kind)
    assert report.errors == []
    assert [(row.recipient_name, row.award_kind) for row in report.rows] == [("Nguyễn Thị Lan", kind)]


def test_sums_and_signatures_are_left_out_and_named(decision, kind):
    ends = "\tTổng cộng: 1 người\t\n\tNgười lập biểu\tHiệu trưởng"
    text = f"STT\tHọ và tên\tĐơn vị\n1\tNguyễn Thị Lan\tTrường B\n{ends}"
    report = parse(text, decision, kind)
    assert report.errors == []
    assert [row.recipient_name for row in report.rows] == ["Nguyễn Thị Lan"]
    assert "Tổng cộng: 1 người" in report.notes[0]


@pytest.mark.parametrize("name", ["Tập thể lớp 12A1", "Tổ Toán", "Lớp 9/1", "TỔ TOÁN – TIN", "Chi đoàn 12A2"])
def test_a_collective_is_known_by_its_name(name, decision, kind):
    report = parse(f"Họ và tên\tĐơn vị\n{name}\tTrường B\nTô Thị Lan\tTrường B", decision, kind)
    assert [row.recipient_kind for row in report.rows] == ["collective", "individual"]


def test_a_collective_among_the_individuals_is_asked_about(decision, kind):
    said = errors("Cá nhân\nTổ Toán", decision, kind)
    assert said[0][0] == 2
    assert "giống tên tập thể" in said[0][1]


def test_cells_that_excel_spoiled_are_asked_about_by_line(decision, kind):
    said = errors("Họ và tên\tLớp\nLan\t09/01/2026\nMai\t#N/A\nBình\t9/1", decision, kind)
    assert [line for line, _ in said] == [2, 3]
    assert "“9/1”" in said[0][1]


@pytest.mark.parametrize(
    ("file", "names_or_lines"),
    [
        ("xlsx-title-above.xlsx", ["Nguyễn Thị Mẫu"]),
        ("xlsx-hidden-row.xlsx", ["Nguyễn Thị Mẫu"]),
        ("xlsx-merged-unit.xlsx", ["Nguyễn Thị Mẫu", "Trần Văn Mẫu", "Lê Thị Mẫu"]),
        ("xlsx-class-as-date.xlsx", [2]),
        ("xlsx-error-cells.xlsx", [2]),
    ],
)
def test_real_lists_are_read_or_refused_by_line(file, names_or_lines, decision, kind):
    sheet = read_file(upload(file, case(file).read_bytes()))
    report = parse(sheet.text, decision, kind)
    found = [line for line, _ in report.errors] or [row.recipient_name for row in report.rows]
    assert found == names_or_lines


def test_two_thousand_rows_are_saved_with_few_queries(
    decision, kind, registrar, django_assert_max_num_queries
):
    lines = "\n".join(f"Giáo viên {number}\tGiáo viên" for number in range(2000))
    with django_assert_max_num_queries(25):
        report = parse(f"Họ và tên\tChức vụ\n{lines}", decision, kind)
        assert save(report, decision, user=registrar, seen_version=1) == 2000
    codes = set(decision.commendations.values_list("verify_code", flat=True))
    assert len(codes) == 2000 and all(codes)


def test_a_code_that_is_taken_is_given_to_nobody_else(decision, kind, monkeypatch):
    taken = make_commendation(decision, award_kind=kind).verify_code
    drawn = iter([taken, "DL17-AAAA-AAAA", "DL17-BBBB-BBBB"])
    monkeypatch.setattr("awards.fields.new_code", lambda year: next(drawn))
    rows = [Commendation(decision=decision), Commendation(decision=decision)]
    give_codes(rows, decision)
    assert sorted(row.verify_code for row in rows) == ["DL17-AAAA-AAAA", "DL17-BBBB-BBBB"]


def test_an_achievement_of_a_page_is_refused_at_its_line(decision, kind):
    table = "Họ tên\tThành tích\nY Phu Êban\t{}"
    [(line, said)] = parse(table.format("dạy tốt " * 300), decision, kind).errors
    assert (line, "nhiều nhất 2000" in said) == (2, True), said
    assert not parse(table.format("dạy tốt " * 200), decision, kind).errors

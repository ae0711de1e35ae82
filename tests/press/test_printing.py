"""From a decision to its sheets: what stands where, on every sheet, to half a millimetre."""

import io
import zipfile
from decimal import Decimal

import pikepdf
import pytest

from awards.paper.subject import GIAY_KHEN
from press.models import Printer, PrintRun
from press.ordering import Order, PrintRefused, order_run
from press.typesetting.setter import draw_picture
from tests.factories.awards import make_collective, make_commendation, make_decision
from tests.factories.press import make_template, print_sheets
from tests.press.reading import bare, code_on, lines_of, stored

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") $a$ *b* <script>'
NAMES = (
    "H’Bluên Ayŭn Êban",
    "Y Thuyên Kbuôr",
    "Siu H’Krơ̆ng Ƀiêng",
    "Rơ Chăm Ư̆n Ê̆",
    "Điểu K’Bŭt Ñ",
    "Nguyễn Thị Hường Đặng",
    HOSTILE,
)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "uploads", tmp_path


@pytest.fixture
def decision(province):
    return make_decision("1302/QĐ-SGDĐT", province)


def near(found, wanted):
    return abs(found - float(wanted)) <= 0.5


def test_a_decision_becomes_one_file_and_one_file_for_each_sheet(decision, registrar, province):
    make_collective(decision, "Tổ Toán", unit_name="Trường THPT Chu Văn An")
    for name in NAMES:
        make_commendation(decision, name, recipient_title="Giáo viên", unit_name="Trường THPT Chu Văn An")
    template = make_template(province)
    run = print_sheets(decision, template, registrar)
    assert run.failure == ""
    assert (run.done, run.total) == (8, 8)
    whole = stored(run.whole)
    lines = lines_of(whole)
    printed = [line for line in lines if near(line.baseline, 100)]
    wanted = ["TậpthểTổToán", *map(bare, NAMES)]
    assert [line.words for line in printed] == wanted
    # Every box of every sheet: centred words are centred, left ones begin at the left edge of their box.
    for line in printed:
        assert near((line.left + line.right) / 2, 30 + 237 / 2)
    for words, baseline in (
        ("CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM", 26),
        ("GIÁMĐỐCSỞGIÁODỤCVÀĐÀOTẠOĐẮKLẮK", 50),
        ("GIẤYKHEN", 79),
        ("Quyếtđịnhsố1302/QĐ-SGDĐT", 150),
        ("KT.GIÁMĐỐC", 153),
        ("LêThịThanhXuân", 192),
    ):
        found = [line.baseline for line in lines if line.words == bare(words)]
        assert len(found) == 8, words
        assert all(near(one, baseline) for one in found), (words, found)
    with pikepdf.open(io.BytesIO(whole)) as pdf, pdf.open_metadata() as facts:
        assert facts.pdfa_status == "2B"
        assert [float(side) * 25.4 / 72 for side in pdf.pages[0].mediabox[2:]] == pytest.approx([297, 210])
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
        assert {name.split("+")[-1] for name in fonts} >= {"Tinos", "NotoSerifDisplay-Bold"}
    with zipfile.ZipFile(io.BytesIO(stored(run.singles))) as packed:
        assert packed.namelist()[0] == "001 Tổ Toán.pdf"
        assert packed.namelist()[-1] == "008 #panic( x ) $a$ b script.pdf"
        [single] = [
            line for line in lines_of(packed.read("002 H’Bluên Ayŭn Êban.pdf")) if near(line.baseline, 100)
        ]
        assert single.words == bare("H’Bluên Ayŭn Êban")


def test_words_alone_go_onto_the_stock_moved_by_the_printers_offset(decision, registrar, province):
    make_commendation(decision, "Y Phu Êban")
    printer = Printer.objects.create(
        department=province, name="Phòng thi đua", dx=Decimal("1.5"), dy=Decimal("-2")
    )
    run = print_sheets(decision, make_template(province), registrar, printer=printer, on_stock=True)
    lines = {line.words: line for line in lines_of(stored(run.whole))}
    assert "GIẤYKHEN" not in lines
    name = lines[bare("Y Phu Êban")]
    assert abs(name.baseline - 98) <= 0.1
    assert near((name.left + name.right) / 2, 148.5 + 1.5)
    assert abs(lines["Quyếtđịnhsố1302/QĐ-SGDĐT"].left - 29.5) <= 0.5


def test_long_words_shrink_then_wrap_upwards_without_a_lonely_word(decision, registrar, province):
    long = "Tập thể Tổ Khoa học tự nhiên – Công nghệ – Tin học Trường THCS và THPT Đông Du tỉnh Đắk Lắk"
    make_collective(decision, long)
    make_commendation(decision, "Nguyễn Hoàng Phương Thảo Nguyên Khánh An Bình Minh Châu")
    run = print_sheets(decision, make_template(province), registrar)
    assert run.failure == ""
    first, second = ([line for line in lines_of(stored(run.whole)) if line.page == page] for page in (1, 2))
    name = [line for line in first if 85 < line.baseline < 101]
    assert "".join(line.words for line in sorted(name, key=lambda line: line.baseline)) == bare(long)
    assert len(name) == 2
    assert near(max(line.baseline for line in name), 100)
    widths = [line.right - line.left for line in name]
    assert min(widths) > max(widths) * 0.7
    [_shrunk] = [line for line in second if near(line.baseline, 100)]
    box = next(box["key"] for box in run.job["boxes"] if box["name"] == "Họ tên")
    names = [(note["lines"], note["size"]) for note in run.notes if note["box"] == box]
    assert [lines for lines, _size in names] == [2, 1]
    assert 19 <= names[1][1] < 26


def test_what_fits_no_box_is_refused_with_its_name(decision, registrar, province):
    make_commendation(decision, "Nguyễn" * 30)
    run = print_sheets(decision, make_template(province), registrar)
    assert run.failure.startswith("Chữ không vừa ô dù đã thu nhỏ hết mức: NguyễnNguyễn")
    assert "(ô Họ tên)" in run.failure
    assert (run.whole, run.singles) == ("", "")


def test_a_letter_that_the_font_lacks_is_told_before_anything_is_printed(decision, registrar, province):
    make_commendation(decision, "Y Phu Êban")
    make_commendation(decision, "Trần 名 An")
    with pytest.raises(PrintRefused) as refused:
        order_run(GIAY_KHEN, decision, Order(make_template(province)), registrar)
    [problem] = refused.value.problems
    assert problem.name == "Trần 名 An"
    assert problem.words == "Kiểu chữ không có ký tự “名” (U+540D) trong “Trần 名 An”."
    assert not PrintRun.objects.exists()


def test_each_code_on_a_rendered_page_leads_to_the_answer_of_the_register(
    decision, registrar, province, client
):
    rows = [make_commendation(decision, name) for name in NAMES[:3]]
    run = print_sheets(decision, make_template(province), registrar)
    for row, sheet in zip(rows, run.job["sheets"], strict=True):
        picture, _fits = draw_picture(run.job | {"sheets": [sheet]})
        [address] = code_on(picture)
        assert address.endswith(row.get_absolute_url())
        answer = client.get(row.get_absolute_url()).text
        assert "có thật" in answer
        assert row.recipient_name in answer

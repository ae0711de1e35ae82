"""Words that nobody saw in the source, or that were struck out, do not become public; the writer is told."""

import pytest

from articles.bulk.old_site.bodies import read_body
from articles.bulk.wordpress.markup import open_markup
from articles.text.alt_words import written_alt
from articles.text.body import clean_body
from articles.text.pasting import settle
from tests.shared import CASES

HIDING = [
    '<div style="display:none">{}</div>',
    '<div style="display : none !important">{}</div>',
    '<div style="visibility:hidden">{}</div>',
    '<span style="opacity:0">{}</span>',
    '<div style="position:absolute;left:-9999px">{}</div>',
    '<div style="position:fixed; top:-200em">{}</div>',
    '<div style="text-indent:-9999px">{}</div>',
    '<div style="margin-left:-5000px">{}</div>',
    '<span style="font-size:0">{}</span>',
    '<div style="width:0;height:0;overflow:hidden">{}</div>',
    '<div style="max-height:1px;overflow:hidden">{}</div>',
    '<div style="position:absolute;clip:rect(0,0,0,0)">{}</div>',
    '<div style="transform:translateX(-9999px)">{}</div>',
    "<div hidden>{}</div>",
    '<span style="mso-hide:all">{}</span>',
    '<span style="color:#ffffff">{}</span>',
    '<font color="white">{}</font>',
    '<style>.an{{display:none}}</style><div class="an">{}</div>',
    '<style>#an{{display:none}}</style><p id="an">{}</p>',
    '<style>.post .an, .x{{display:none}}</style><div class="post"><p class="an">{}</p></div>',
    '<style>body div#menu.an{{visibility:hidden}}</style><div id="menu" class="an">{}</div>',
    "<style>aside{{display:none}}</style><aside>{}</aside>",
]
STRIKING = [
    "<s>{}</s>",
    "<strike>{}</strike>",
    "<del>{}</del>",
    '<span style="text-decoration:line-through">{}</span>',
    '<span style="text-decoration-line: line-through">{}</span>',
    '<p style="text-decoration:underline line-through">{}</p>',
]


@pytest.mark.parametrize(
    "rule",
    [".post .an", ".post.an", "p.post", ".post:hover", ".post::before", "#post", "[hidden]", "b"],
)
def test_a_rule_for_others_hides_nothing(rule):
    html = f"<style>{rule}{{display:none}}</style><div class='post'><p>Chữ ai cũng đọc.</p></div>"
    assert settle(html).body == "<p>Chữ ai cũng đọc.</p>"
    assert read_body(html, lambda number, address: None, open_markup).body == "<p>Chữ ai cũng đọc.</p>"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("<ruby>漢<rt>hán</rt></ruby>", "漢 (hán)"),
        ("<ruby>漢<rp>(</rp><rt>hán</rt><rp>)</rp></ruby>", "漢 (hán)"),
        ("<ruby><rb>東京</rb><rt>Tô-ki-ô</rt></ruby>", "東京 (Tô-ki-ô)"),
        ("<ruby>漢<rt><b>hán</b></rt>字<rt>tự</rt></ruby>", "漢 (hán)字 (tự)"),
        ("<ruby>漢<rt></rt></ruby>", "漢"),
    ],
)
def test_a_reading_above_a_word_stands_behind_it_and_is_told(written, line):
    html = f"<p>Chữ {written} xưa.</p>"
    told = line.split(")")[0]
    settled = settle(html)
    assert settled.body == f"<p>Chữ {line} xưa.</p>"
    assert any(told in note for note in settled.notes) == ("(" in line)
    assert len(settled.notes) == ("(" in line)
    imported = read_body(html, lambda number, address: None, open_markup)
    assert (imported.body, imported.lost) == (settled.body, [])
    assert bool(imported.raised) == ("(" in line)


@pytest.mark.parametrize("way", HIDING)
def test_hidden_words_stay_out_and_are_named(way):
    settled = settle(f"<p>Chữ bạn đọc thấy.</p>{way.format('sòng bài')}<p>Hết.</p>")
    assert settled.body == "<p>Chữ bạn đọc thấy.</p>\n<p>Hết.</p>"
    assert settled.notes == [
        "Đã bỏ chữ bị ẩn (người đọc bản gốc không thấy): “sòng bài”"
        + (" (sau chữ “…Chữ bạn đọc thấy.”)." if "olor" not in way else ".")
    ]


@pytest.mark.parametrize("way", STRIKING)
def test_struck_words_leave_and_are_named(way):
    settled = settle(f"<p>Có </p>{way.format('150')}<p>200 đại biểu</p>")
    assert settled.body == "<p>Có</p>\n<p>200 đại biểu</p>"
    assert settled.notes == ["Đã bỏ chữ bị gạch ngang trong bản gốc: “150” (sau chữ “…Có”)."]


@pytest.mark.parametrize(
    "shown",
    [
        '<p style="text-indent:-18.0pt;margin-left:36pt">Lời</p>',
        '<p style="position:relative;left:-4px">Lời</p>',
        '<p style="overflow:hidden;width:600px;height:0.5in">Lời</p>',
        '<p style="visibility:hidden"><span style="visibility:visible">Lời</span></p>',
        '<div style="font-size:0"><p style="font-size:14px">Lời</p></div>',
        '<p style="color:white">Lời</p>',
        '<div style="background:#123"><p style="color:white">Lời</p></div><p>Lời khác, dài hơn nhiều</p>',
        '<table><tr><td bgcolor="#4472C4"><span style="color:white">Lời</span></td></tr></table><p>Khác</p>',
        '<p aria-hidden="true">Lời</p>',
        "<style>@media print { .a {display:none} .b {color:red} } .c {color:red}</style><p class=a>Lời</p>",
        '<p style="opacity:.5">Lời</p>',
    ],
)
def test_what_was_seen_stays_and_nothing_is_told(shown):
    settled = settle(shown)
    assert "Lời" in settled.body
    assert settled.notes == []


def test_a_hidden_link_is_named_with_its_address():
    link = '<a href="https://xau.example/b">sòng bài</a>'
    told = settle(f'<p>Lời</p><div style="display:none">{link}</div>').notes
    assert "sòng bài <https://xau.example/b>" in told[0]


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("50 m<sup>2</sup>", "50 m²"),
        ("10<sup>5</sup> và 10<sup>-3</sup>", "10⁵ và 10⁻³"),
        ("H<sub>2</sub>O, SO<sub>4</sub><sup>2-</sup>", "H₂O, SO₄²⁻"),
        ("37<sup>o</sup>C", "37°C"),
        ("1<sup>st</sup>, N<sup>o</sup> 5", "1st, No 5"),
        ("x<sup>a+b</sup>", "x^(a+b)"),
        ("x<sup>a</sup><sup>+b</sup>", "x^(a+b)"),
        ("H<sub>n</sub>, x<sub>max</sub>", "H_n, x_max"),
        ("2<sup>k</sup>", "2^k"),
        ("theo lời kể<sup>[1]</sup>", "theo lời kể[1]"),
    ],
)
def test_raised_letters_keep_their_meaning_wherever_they_come_in(typed, body):
    assert clean_body(f"<p>{typed}</p>") == f"<p>{body}</p>"
    settled = settle(f"<p>{typed}</p>")
    assert settled.body == f"<p>{body}</p>"
    assert bool(settled.notes) == ("^" in body or "_" in body)


@pytest.mark.parametrize(
    ("math", "words"),
    [
        ("<mi>x</mi><mo>=</mo><mfrac><mi>b</mi><mi>a</mi></mfrac>", "x=b/a"),
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msub><mi>a</mi><mi>n</mi></msub>", "x²+a_n"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a+b)"),
        ("<semantics><mi>x</mi><annotation>TeX</annotation></semantics>", "x"),
    ],
)
def test_a_formula_of_a_page_is_written_on_the_line(math, words):
    settled = settle(f"<p>Nghiệm <math>{math}</math> là</p>")
    assert settled.body == f"<p>Nghiệm {words} là</p>"
    assert settled.notes == [f"Công thức viết lại thành chữ trên một dòng, xin đọc lại: “{words}”."]


def test_answers_in_forms_and_words_in_text_boxes_come_along():
    assert settle("<p>Có <input type=checkbox checked> Không <input type=checkbox></p>").body == (
        "<p>Có ☑ Không ☐</p>"
    )
    assert settle("<p>Xã <select><option>A<option selected>Tuy Hòa</select></p>").body == "<p>Xã Tuy Hòa</p>"
    assert settle("<textarea>Lời trong ô</textarea>").body == "<p>Lời trong ô</p>"


@pytest.mark.parametrize(
    ("alt", "kept"),
    [
        ("C:\\Users\\HP\\Pictures\\IMG_2034.JPG", ""),
        ("A group of people sitting\n\nDescription automatically generated", ""),
        ("Một nhóm người ngồi. Mô tả được tạo tự động", ""),
        ("Có thể là hình ảnh về 3 người", ""),
        ("Picture 1", ""),
        ("Hình ảnh 12", ""),
        ("IMG_20171110", ""),
        ("image001.png", ""),
        ("Cô Lan trao giấy khen cho học sinh", "Cô Lan trao giấy khen cho học sinh"),
        ("Hình ảnh buổi lễ khai giảng", "Hình ảnh buổi lễ khai giảng"),
    ],
)
def test_only_a_person_describes_a_picture(alt, kept):
    assert written_alt(alt) == kept


def test_a_film_shown_inside_a_page_is_named():
    settled = settle('<p>Lời</p><iframe width=5 src="https://phim.example/1"></iframe>')
    assert settled.body == "<p>Lời</p>"
    assert "https://phim.example/1" in settled.notes[0]


EXPECTED = {
    "paste-struck": ("<p>Có 200 đại biểu</p>", "“150”"),
    "paste-mathml": ("<p>Nghiệm x=b/a là</p>", "“x=b/a”"),
    "paste-raised": ("<p>Với mọi x: x^(a+b), H_n, 2^(n+k)</p>", "“2^(n+k)”"),
    "paste-word-textbox": ("<p>Trước</p>\n<p>Chữ trong khung</p>\n<p>Sau</p>", ""),
    "paste-nested-table": (
        "<p>Ngoài</p>\n<table><tbody><tr><td>Trong 1</td><td>Trong 2</td></tr></tbody></table>\n<p>Bên</p>",
        "",
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_comes_in_true(name):
    file = CASES / f"{name}.html"
    if not file.exists():
        pytest.skip("the cases are not beside the project")
    settled = settle(file.read_text())
    assert settled.body == EXPECTED[name][0]
    assert EXPECTED[name][1] in " ".join(settled.notes)


@pytest.mark.parametrize("struck", ["<s> cũ</s>", "<s>cũ </s>", "<b><s>cũ&nbsp;</s></b>"])
def test_words_around_what_was_struck_out_stay_apart(struck):
    assert settle(f"<p>Một{struck}hai</p>").body == "<p>Một hai</p>"

"""Foreign text becomes clean: every word stays, nothing of the program that wrote it."""

import json
import re
from collections import Counter

import pytest
from lxml import html

from articles.models import Article
from articles.text.pasting import settle, split_source_mark
from tests.shared import CORPORA

PASTE = "/admin/articles/article/dan/"
RESIDUE = (
    "class=",
    "style=",
    "mso",
    "o:p",
    "data:",
    "<p></p>",
    "<span",
    "<font",
    "•",
    "javascript:",
    "<script",
)

SECOND = re.compile(r"<!--.*?-->|<(style|script|xml|head)\b.*?</\1>", re.DOTALL | re.IGNORECASE)

CASES = {
    "Google Docs": (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr">'
        '<span style="font-weight:400">Hội nghị</span></h1><p><span style="font-weight:700">Đắk Lắk</span>'
        '<span style="font-weight:400"> tổ chức </span><span style="font-style:italic">hội nghị</span></p>'
        "<br />"
        "<ul><li><p><span>Mục một</span></p></li><ul><li><p><span>Con</span></p></li></ul>"
        "<li><p><span>Mục hai</span></p></li></ul></b>",
        "<h2>Hội nghị</h2>\n<p><strong>Đắk Lắk</strong> tổ chức <em>hội nghị</em></p>\n"
        "<ul><li>Mục một<ul><li>Con</li></ul></li><li>Mục hai</li></ul>",
    ),
    "LibreOffice": (
        '<p style="margin-bottom:0cm"><font face="Times"><font size="4"><b>Tiêu đề</b></font></font></p>'
        "<p><br/></p><ol><li><p>Một</p></li><li><p>Hai</p></li></ol>"
        '<p>Xem <a href="http://vidu.vn/a"><u>đây</u></a>.</p>',
        "<p><strong>Tiêu đề</strong></p>\n<ol><li>Một</li><li>Hai</li></ol>\n"
        '<p>Xem <a href="http://vidu.vn/a">đây</a>.</p>',
    ),
    "Word": (
        "<style><!-- @list l0:level1 {mso-level-number-format:bullet;} --></style>"
        '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><![if !supportLists]>'
        '<span style="mso-list:Ignore">·<span>&nbsp;&nbsp; </span></span><![endif]>Đoạn một</p>'
        '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1">'
        '<span style="mso-list:Ignore">· </span>Đoạn hai</p>'
        '<p class=MsoNormal><del datetime="2026">xóa</del><ins>thêm</ins> chữ<o:p>&nbsp;</o:p></p>'
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p>",
        "<ul><li>Đoạn một</li><li>Đoạn hai</li></ul>\n<p>thêm chữ</p>",
    ),
    "a chat": (
        "<div>Chào cô,<br><br>Trường gửi tin 😀</div><div>Cảm ơn cô</div>",
        "<p>Chào cô,</p>\n<p>Trường gửi tin 😀</p>\n<p>Cảm ơn cô</p>",
    ),
    "a table with a head": (
        "<table border=1><thead><tr><th colspan=2>Kết quả</th></tr></thead>"
        '<tr><td rowspan=2 style="x">A</td><td>1</td></tr><tr><td>2</td></tr></table>',
        '<table><thead><tr><th colspan="2">Kết quả</th></tr></thead>'
        '<tbody><tr><td rowspan="2">A</td><td>1</td></tr><tr><td>2</td></tr></tbody></table>',
    ),
    "a table that only places things": (
        "<table><tr><td><img src=y.jpg></td></tr><tr><td><p>Chú thích ảnh.</p></td></tr></table>",
        "<p>Chú thích ảnh.</p>",
    ),
    "TCVN3": (
        '<p style="font-family:.VnTime">Së Gi¸o dôc vµ §µo t¹o</p>'
        '<p style="font-family:.VnTimeH">tr­êng thpt</p>',
        "<p>Sở Giáo dục và Đào tạo</p>\n<p>TRƯỜNG THPT</p>",
    ),
    "VNI in part": (
        '<p><span style="font-family:VNI-Times">Sôû Giaùo duïc vaø Ñaøo taïo</span> Đắk Lắk</p>',
        "<p>Sở Giáo dục và Đào tạo Đắk Lắk</p>",
    ),
    "decomposed letters": ("<p>Đắk Lắk</p>", "<p>Đắk Lắk</p>"),
    "a caption twice": ("<p>Toàn cảnh hội nghị</p><p>Toàn cảnh hội nghị</p>", "<p>Toàn cảnh hội nghị</p>"),
    "a caption twice in one paragraph": (
        "Đoạn trước.\n\nToàn cảnh hội nghị\nToàn cảnh hội nghị\n\nĐoạn sau.",
        "<p>Đoạn trước.</p>\n<p>Toàn cảnh hội nghị</p>\n<p>Đoạn sau.</p>",
    ),
    "plain lines": ("Dòng một\nDòng hai\n\nĐoạn hai", "<p>Dòng một<br>Dòng hai</p>\n<p>Đoạn hai</p>"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_it_comes_in_clean(name):
    pasted, stored = CASES[name]
    assert settle(pasted).body == stored


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("<p class=MsoCaption>Lễ khai mạc</p>", "Lễ khai mạc"),
        ("<p class=MsoNormal>Ảnh 1: Lễ khai mạc</p>", "Ảnh 1: Lễ khai mạc"),
        ("<p class=MsoNormal>Đoạn văn thường.</p>", ""),
    ],
)
def test_the_line_of_a_picture_becomes_its_caption(line, caption):
    body = settle(f'<p><figure data-photo="9"><figcaption></figcaption></figure></p>{line}<p>Sau</p>').body
    assert f"<figcaption>{caption}</figcaption>" in body
    assert body.endswith("<p>Sau</p>")


def test_the_writer_is_told_what_was_changed():
    told = " ".join(
        settle('<p style="font-family:.VnTime">Së Gi¸o dôc vµ §µo t¹o</p><img src="http://x/a.jpg">').notes
    )
    assert "1 đoạn gõ bằng phông chữ cũ TCVN3" in told
    assert "Có 1 ảnh trong văn bản dán" in told


@pytest.mark.parametrize(
    ("text", "mark", "rest"),
    [
        ("GD&TĐ - Sở GD&ĐT Đắk Lắk", "GD&TĐ", "Sở GD&ĐT Đắk Lắk"),
        ("(GDTĐ) – Sở GD&ĐT", "GD&TĐ", "Sở GD&ĐT"),
        ("TTO - Sáng nay", "TTO", "Sáng nay"),
        ("Sở GD&ĐT - đơn vị", "", "Sở GD&ĐT - đơn vị"),
    ],
)
def test_a_papers_sign_is_recognised(text, mark, rest):
    assert split_source_mark(text) == (mark, rest)


BLOCKS = ("p", "li", "td", "th", "div", "h1", "h2", "h3", "br")


def words(markup):
    root = html.fragment_fromstring(SECOND.sub(" ", markup) or "<p></p>", create_parent="div")
    for sign in root.xpath('//*[contains(translate(@style, " \n", ""), "mso-list:Ignore")]'):
        sign.drop_tree()
    for struck in list(root.iter("s", "strike", "del")):
        struck.drop_tree()  # leaves the text, and is told: test_unseen
    for block in root.iter(*BLOCKS):
        block.tail = f" {block.tail or ''}"
        if block.tag != "br":
            block.text = f" {block.text or ''}"
    return Counter(re.findall(r"\w+", root.text_content()))


def test_words_of_the_corpus_are_kept_without_residue():
    files = sorted((CORPORA / "paste").glob("*.html"))
    if not files:
        pytest.skip("the corpus of pasted texts is not beside the project")
    kept = total = 0
    for file in files:
        pasted = file.read_text(errors="replace")
        body = settle(pasted).body
        before, after = words(pasted), words(body)
        kept, total = kept + (before & after).total(), total + before.total()
        assert [sign for sign in RESIDUE if sign in body] == [], file.name
    assert kept / total >= 0.98, f"{kept} of {total} words"


@pytest.mark.django_db
def test_the_address_answers_writers_only(client, collaborator, auditor, registrar):
    assert client.post(PASTE, {"html": "<p>a</p>"}).status_code == 302
    client.force_login(collaborator)
    assert client.post(PASTE, {"html": "<p class=x>Lời</p>"}).json() == {"body": "<p>Lời</p>", "notes": []}
    assert client.get(PASTE).status_code == 405
    for person in (auditor, registrar):
        client.force_login(person)
        assert client.post(PASTE, {"html": "<p>a</p>"}).status_code == 404
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_too_much_at_once_is_said(client, collaborator):
    client.force_login(collaborator)
    answer = client.post(PASTE, {"html": "a" * 3_000_001})
    assert answer.status_code == 413
    assert "Hãy dán từng phần" in answer.json()["error"]
    for register in ("<p>a</p>" * 10_001, "a\n" * 10_001):
        answer = client.post(PASTE, {"html": register})
        assert answer.status_code == 413
        assert "hơn 10.000 dòng" in answer.json()["error"]
    assert client.post(PASTE, {"html": "<p>a</p>" * 10_000}).json()["body"].count("<p>") == 10_000


def _texts(file):
    """Every piece of text of one file of attacks, a JSON object a line."""
    for line in file.read_text(errors="replace").splitlines() if file.suffix == ".jsonl" else ():
        yield from (value for value in json.loads(line).values() if isinstance(value, str))


@pytest.mark.django_db
def test_no_payload_of_the_corpus_comes_through(client, collaborator):
    files = sorted((CORPORA / "xss").glob("*")) if (CORPORA / "xss").exists() else []
    if not files:
        pytest.skip("the corpus of attacks is not beside the project")
    client.force_login(collaborator)
    live = re.compile(
        r"<script|<svg|<iframe|\son\w+\s*=|javascript:|<style|<object|<embed|srcdoc", re.IGNORECASE
    )
    for file in files:
        for payload in _texts(file):
            body = settle(payload).body
            markup = re.sub(r"&lt;.*?&gt;", "", body)
            root = html.fragment_fromstring(markup or "<p></p>", create_parent="div")
            attributes = [f" {name}={value}" for node in root.iter() for name, value in node.attrib.items()]
            tags = [f"<{node.tag}" for node in root.iter() if isinstance(node.tag, str)]
            assert not live.search(" ".join(tags + attributes)), (file.name, payload[:200], body[:200])


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<p>Trước</p><svg><text>Biểu đồ lớp 9</text></svg><p>Sau</p>", "“Biểu đồ lớp 9”"),
        ("<p>Trước</p><marquee>Chữ chạy</marquee>", ""),
        ("<p>Trước</p><custom-box>Chữ trong hộp</custom-box>", ""),
        ("<p>Trước <button>Bấm vào đây</button> sau</p>", ""),
        ("<p>Trước</p><canvas>Hình vẽ</canvas><dialog>Lời mời</dialog>", ""),
        ("<p>10<sup>5</sup> đồng, H<sub>2</sub>O</p>", ""),
        ("<p><font face=Symbol>a</font> độ <font face=Wingdings>ü</font> đạt</p>", ""),
        ("<p>Có <s>150</s> em</p><select><option>Một<option selected>Hai</select>", ""),
        ("<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>7.</span>Ba", ""),
        ("Së Gi¸o dôc vµ §µo t¹o tæ chøc héi nghÞ", ""),
        ("<iframe src=https://vi.du/phim>Không xem được</iframe><p>Sau", ""),
    ],
)  # fmt: skip
def test_words_of_a_paste_that_did_not_arrive_are_named(html, named):
    notes = [note for note in settle(html).notes if "không thấy trong bài" in note]
    expected = f"Có chữ trong đoạn dán không thấy trong bài, xin xem lại và tự thêm: {named}."
    assert notes == ([expected] if named else [])


def test_repaired_letters_of_another_script_are_told():
    settled = settle("<p>Thầy Нguyễn dạy lớp 12А1.</p><p>Нguyễn về.</p>")
    assert settled.body.replace("\n", "") == "<p>Thầy Nguyễn dạy lớp 12A1.</p><p>Nguyễn về.</p>"
    assert settled.notes == [
        "Chữ cái Nga, Hy Lạp lẫn trong từ Việt nay đã viết lại, xin đọc lại: “Nguyễn”; “12A1”."
    ]
    assert settle("<p>Bài hát “Катюша” và góc α.</p>").notes == []


def test_a_formula_drawn_beside_its_meaning_stands_once():
    drawn = "<span class=katex-html aria-hidden=true><span>x</span><span>2</span></span>"
    meant = "<math><semantics><msup><mi>x</mi><mn>2</mn></msup></semantics></math>"
    settled = settle(f"<p>Tính <span class=katex>{meant}{drawn}</span> nhé</p>")
    assert settled.body == "<p>Tính x² nhé</p>"
    assert [note for note in settled.notes if "không thấy" in note] == []


def test_hidden_words_inside_a_word_are_told_once():
    settled = settle("<p>A<span style='display:none'>an1</span><i hidden>an2</i><b hidden>an3</b>B</p>")
    assert settled.body == "<p>AB</p>"
    assert len(settled.notes) == 1

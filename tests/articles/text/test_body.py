"""The body: always safe, no words lost, figures canonical."""

import json
import re

import pytest
from lxml import html

from articles.text.body import Figure, blocks_in, clean_body, figures_in, for_editor, plain_text, render
from tests.shared import SHARED

ALLOWED = {
    "p": set(), "h2": set(), "h3": set(), "ul": set(), "ol": {"start"}, "li": set(), "blockquote": set(),
    "strong": set(), "em": set(), "br": set(), "a": {"href"}, "table": set(), "thead": set(), "tbody": set(),
    "tr": set(), "th": {"colspan", "rowspan", "scope"}, "td": {"colspan", "rowspan"}, "caption": set(),
    "figure": {"data-photo", "data-credit", "data-alt", "data-decorative"}, "figcaption": set(),
}  # fmt: skip


def is_canonical(body: str) -> bool:
    for element in html.fragment_fromstring(body, create_parent="div").iterdescendants():
        if element.tag not in ALLOWED or set(element.attrib) - ALLOWED[element.tag]:
            return False
        if element.tag == "a" and not re.match(r"(https?://|mailto:|tel:|/(?!/)|#)", element.get("href", "")):
            return False
    return True


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Một dòng chữ", "<p>Một dòng chữ</p>"),
        ("<p>a</p>lời <b>đậm</b>", "<p>a</p>\n<p>lời <strong>đậm</strong></p>"),
        ("<div>một</div><div>hai</div>", "<p>một</p>\n<p>hai</p>"),
        ("<div>x <b>y</b><div>z</div>w</div>", "<p>x <strong>y</strong></p>\n<p>z</p>\n<p>w</p>"),
        ("<h1>Mục</h1><h4>Nhỏ</h4>", "<h2>Mục</h2>\n<h3>Nhỏ</h3>"),
        ("<p></p><p>&nbsp;</p><p>chữ<br></p>", "<p>chữ</p>"),
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        ("<p style='color:red' class=x onclick=a()>đỏ</p>", "<p>đỏ</p>"),
        ("<a href='javascript:alert(1)'>x</a>", "<p>x</p>"),
        ("<a href='//evil.example/x'>x</a>", "<p>x</p>"),
        (r"<a href='/\evil.example/x'>x</a>", "<p>x</p>"),
        (r"<a href='/su-kien\..\x'>x</a>", "<p>x</p>"),
        ("<a href='/su-kien/'>x</a>", '<p><a href="/su-kien/">x</a></p>'),
        ("<img src=x onerror=alert(1)>", ""),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("Gia\u0301o vie\u0302n", "<p>Giáo viên</p>"),
        ("<p>gần&nbsp;200</p>", "<p>gần 200</p>"),
        ("<figure><img src=x><figcaption>lời</figcaption></figure>", "<p>lời</p>"),
        ("", ""),
    ],
)
def test_whatever_is_typed_becomes_small_semantic_html(raw, stored):
    assert clean_body(raw) == stored


@pytest.mark.parametrize(
    "raw",
    [
        "<figcaption><p>a</p><p>b</p></figcaption>",
        "<figcaption>x<p>a</p>y<ul><li>b</li></ul></figcaption>",
        "<figure><figcaption><p>a</p>b</figcaption></figure>",
        "<ul><li><figcaption><p>a</p><p>b</p></figcaption></li></ul>",
        "<table><tr><td><figcaption>a<h2>b</h2></figcaption></td></tr></table>",
        "<strong><figcaption><p>a</p></figcaption></strong>",
        "<p>x<figcaption>a<b>b</b></figcaption>y</p>",
        "<blockquote><figcaption><figcaption>a</figcaption><p>b</p></figcaption></blockquote>",
        "<a href='/x/'><div><figcaption><p>a</p></figcaption></div></a>",
    ],
)
def test_cleaning_twice_changes_nothing_and_no_paragraph_holds_a_block(raw):
    once = clean_body(raw)
    assert clean_body(once) == once
    assert not re.search(r"<p>[^/]*<(p|h2|ul)>", once)
    assert "a" in plain_text(once)


def test_a_figure_keeps_its_words_and_loses_everything_else():
    raw = (
        '<figure data-photo="9" data-alt=" Hội  trường " data-credit="GD&amp;TĐ" class="x" onclick="a()">'
        '<img src="https://evil.example/x.jpg" alt="khác"><figcaption>Toàn <b>cảnh</b></figcaption></figure>'
    )
    stored = clean_body(raw)
    assert stored == (
        '<figure data-alt="Hội trường" data-credit="GD&amp;TĐ" data-photo="9">'
        "<figcaption>Toàn cảnh</figcaption></figure>"
    )
    assert figures_in(stored) == [Figure(9, "Toàn cảnh", "GD&TĐ", "Hội trường", False)]


def test_a_figure_inside_a_paragraph_comes_up_between_the_two_halves():
    stored = clean_body('<p>trước <figure data-photo="3"></figure> sau</p>')
    assert stored == '<p>trước</p>\n<figure data-photo="3"><figcaption></figcaption></figure>\n<p>sau</p>'


def test_a_photo_number_that_is_no_number_is_no_figure():
    assert figures_in(clean_body('<figure data-photo="1 or 1"><figcaption>lời</figcaption></figure>')) == []


def test_the_opening_figure_is_taken_out_and_the_others_are_drawn_in_place():
    body = clean_body(
        '<figure data-photo="1"></figure><p>a <a href="http://x.vn/">x</a></p>'
        '<figure data-photo="2"></figure>'
    )
    hero, rest = render(body, lambda figure: f"[{figure.photo_id}]")
    assert hero.photo_id == 1
    assert rest == '<p>a <a href="http://x.vn/" rel="noopener">x</a></p>\n[2]'


def test_a_body_that_opens_with_words_has_no_hero():
    hero, rest = render(clean_body('<p>a</p><figure data-photo="2"></figure>'), lambda figure: "[ảnh]")
    assert (hero, rest) == (None, "<p>a</p>\n[ảnh]")


def test_words_and_headings_are_read_back():
    body = clean_body(
        '<h2>Mục</h2><p>Lời  văn</p><figure data-photo="2"><figcaption>chú thích</figcaption></figure>'
    )
    assert plain_text(body) == "Mục\nLời văn\nchú thích"
    assert [(block.tag, block.text) for block in blocks_in(body)] == [
        ("h2", "Mục"),
        ("p", "Lời văn"),
        ("figure", "chú thích"),
    ]


def test_a_list_is_read_an_item_a_line_and_a_word_in_bold_stays_one_word():
    body = clean_body('<ul><li>Một</li><li><b>H</b>ai <a href="/x/">ba</a></li></ul><p>a<br>b</p>')
    listed, paragraph = blocks_in(body)
    assert (listed.text, listed.links) == ("Một\nHai ba", ("/x/",))
    assert paragraph.text == "a\nb"


def test_the_editor_gets_pictures_and_gives_back_the_same_body():
    body = clean_body(
        '<figure data-photo="2" data-alt="mô tả"><figcaption>chú thích</figcaption></figure><p>a</p>'
    )
    shown = for_editor(body, lambda pk: {"src": f"/uploads/{pk}.jpg", "width": 640, "height": 480})
    image = html.fragment_fromstring(shown.splitlines()[0]).find("img")
    # Its place is held while it loads: the text under it does not jump.
    assert dict(image.attrib) == {"src": "/uploads/2.jpg", "width": "640", "height": "480"}
    assert clean_body(shown) == body


def corpus(name: str) -> list[str]:
    folder = SHARED / "corpora" / name
    if not folder.is_dir():
        pytest.skip(f"corpora/{name} is not beside this checkout")
    texts = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".jsonl":
            rows = [
                json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
            ]
            texts += [value for row in rows for value in (row.values() if isinstance(row, dict) else [row])]
        elif path.suffix in {".html", ".txt"}:
            texts.append(path.read_text(encoding="utf-8", errors="replace"))
    return [text for text in texts if isinstance(text, str)]


@pytest.mark.parametrize("name", ["xss", "paste", "strings"])
def test_nothing_of_the_corpora_survives_as_more_than_words(name):
    texts = corpus(name)
    assert texts
    for text in texts:
        stored = clean_body(text)
        assert is_canonical(stored), text
        assert clean_body(stored) == stored, text

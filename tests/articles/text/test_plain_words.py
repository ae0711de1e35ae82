"""A body goes through the door for plain text too, between its tags and in the words of its figures."""

import pytest

from articles.text.body import clean_body, figures_in
from articles.text.pasting import settle
from tests.shared import CASES


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("<p>Hội\x02 nghị\u00ad &#2;mở&shy;&zwnj; màn\ufffe</p>", "<p>Hội nghị mở màn</p>"),
        ("<p>👩&zwj;🏫 và 1\ufe0f\u20e3</p>", "<p>👩\u200d🏫 và 1\ufe0f\u20e3</p>"),
        ("<p>\u200b</p><p>\u202eMột</p>", "<p>Một</p>"),
        ("<p>Một\u2028hai</p>", "<p>Một hai</p>"),
        ("<p>t\u1ead\u0440 <strong>huấn</strong></p>", "<p>tập <strong>huấn</strong></p>"),
        ("<p>t\u1ead<strong>\u0440</strong> huấn</p>", "<p>tậ<strong>p</strong> huấn</p>"),
        (
            "<p>Së <em>Gi¸o dôc</em> vµ §µo t¹o tØnh §¾k L¾k tæ chøc héi nghÞ.</p><p>Líp</p>",
            "<p>Sở <em>Giáo dục</em> và Đào tạo tỉnh Đắk Lắk tổ chức hội nghị.</p>\n<p>Lớp</p>",
        ),
        ("<p>Tr\u00adêng THPT Chu V¨n An</p>", "<p>Trường THPT Chu Văn An</p>"),
        ("<p>газета «Правда»</p>", "<p>газета «Правда»</p>"),
        ('<p><a href="/van-ban/a\x02b/">x</a></p>', '<p><a href="/van-ban/ab/">x</a></p>'),
    ],
)
def test_the_words_of_a_body_are_plain(typed, stored):
    assert clean_body(typed) == stored
    assert clean_body(stored) == stored


def test_the_words_of_a_figure_are_plain():
    body = clean_body(
        '<figure data-photo="9" data-alt="Họ\u00adc sinh&#2;" data-credit="\u041dguyễn\ufeff An">'
        "<figcaption>L\u1edb\u0440\u200b 9</figcaption></figure>"
    )
    (figure,) = figures_in(body)
    assert (figure.alt, figure.credit, figure.caption) == ("Học sinh", "Nguyễn An", "Lớp 9")


def test_a_pasted_text_with_letters_of_other_scripts_is_repaired():
    path = CASES / "paste-cyrillic.html"
    if not path.exists():
        pytest.skip("shared/cases is absent")
    said = "Sở Giáo dục; học sinh Nguyễn Thị Mẫu dự hội nghị tập huấn"
    assert settle(path.read_text("utf-8")).body == f"<p>{said}</p>"

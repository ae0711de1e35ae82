"""A WordPress text becomes the same clean HTML as everything that enters a story."""

import pytest
from lxml import html

from articles.bulk.old_site import bodies
from articles.bulk.wordpress.markup import open_markup
from articles.bulk.wordpress.pointers import followed, with_whole_links
from tests.budgets import PATIENCE, least_cpu

LIBRARY = {5: "9", 6: "10"}


def resolve(number, address):
    pk = LIBRARY.get(number) or ("11" if address.endswith("/co.jpg") else None)
    return {"data-photo": pk, "data-alt": "Sân trường", "caption": "Từ kho ảnh"} if pk else None


def read_body(content, resolve):
    return bodies.read_body(content, resolve, open_markup)


def body(content):
    return read_body(content, resolve).body


def test_empty_lines_part_paragraphs_and_line_ends_break_lines():
    assert body("Một.\n\nHai\nba.") == "<p>Một.</p>\n<p>Hai<br>ba.</p>"


def test_blocks_among_loose_lines_keep_their_place():
    assert body("Mở đầu.\n<h3>Mục</h3>\nTiếp.\n<ul>\n<li>một</li>\n</ul>") == (
        "<p>Mở đầu.</p>\n<h3>Mục</h3>\n<p>Tiếp.</p>\n<ul><li>một</li></ul>"
    )


def test_text_of_the_block_editor_is_taken_as_it_is():
    content = "<!-- wp:paragraph -->\n<p>Một\ndòng.</p>\n<!-- /wp:paragraph -->"
    assert body(content) == "<p>Một dòng.</p>"


def test_a_captioned_picture_is_a_figure():
    content = (
        '[caption id="a" width="300"]<a href="/x"><img class="wp-image-5" src="x.jpg"></a> Chào cờ[/caption]'
    )
    assert body(content) == (
        '<figure data-alt="Sân trường" data-photo="9"><figcaption>Chào cờ</figcaption></figure>'
    )


def test_a_picture_of_the_block_editor_keeps_its_caption():
    content = (
        '<!-- wp:image {"id":5} --><figure class="wp-block-image"><img src="x.jpg" class="wp-image-5" '
        'alt=""/><figcaption>Lễ khai giảng</figcaption></figure><!-- /wp:image -->'
    )
    assert body(content) == (
        '<figure data-alt="Sân trường" data-photo="9"><figcaption>Lễ khai giảng</figcaption></figure>'
    )


def test_a_bare_picture_takes_the_words_of_the_library_and_the_text_around_it_stays():
    assert body('Trước <img src="http://cu.example/co.jpg"> sau.') == (
        "<p>Trước</p>\n"
        '<figure data-alt="Sân trường" data-photo="11"><figcaption>Từ kho ảnh</figcaption></figure>\n'
        "<p>sau.</p>"
    )


def test_a_gallery_is_its_pictures_in_order():
    assert body('[gallery ids="5,6"]').count("<figure") == 2


def test_a_picture_that_is_not_here_is_told_of():
    text = read_body('Chữ <img src="http://khac.example/a.jpg"> còn.', resolve)
    assert text.missing == ["http://khac.example/a.jpg"]
    assert text.body == "<p>Chữ còn.</p>"


def test_shortcodes_go_and_their_words_stay():
    text = read_body('[box style="red"]Quan trọng[/box] và [contact-form-7 id="1"] [sic] [1] [a]', resolve)
    assert text.body == "<p>Quan trọng và [sic] [1] [a]</p>"
    assert text.shortcodes == {"box", "contact-form-7"}


def test_a_film_becomes_a_link():
    text = read_body('<iframe width="5" src="https://www.youtube.com/embed/x"></iframe>', resolve)
    assert text.body == (
        '<p><a href="https://www.youtube.com/embed/x">https://www.youtube.com/embed/x</a></p>'
    )
    assert text.embeds == ["https://www.youtube.com/embed/x"]


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<iframe src="javascript:alert(1)"></iframe>',
        '[caption caption="<script>alert(1)</script>"]<img class="wp-image-5">[/caption]',
        '[embed]https://x.example/"onmouseover="alert(1)[/embed]',
        '<figure data-photo="9"><img class="wp-image-5" onload="alert(1)"></figure>',
        '<p style="position:fixed" onclick="alert(1)">chữ</p>',
    ],
)
def test_nothing_that_runs_comes_through(payload):
    for element in html.fragment_fromstring(body(f"Chữ.\n\n{payload}"), create_parent="div").iter():
        assert element.tag in {"div", "p", "figure", "figcaption", "a"}
        assert set(element.attrib) <= {"href", "data-photo", "data-alt"}
        assert element.get("href", "https:").startswith("https:")


@pytest.mark.parametrize(
    "sign",
    [
        "[caption",
        "[caption]",
        "[caption]<img src=x> a[/caption]",
        "[gallery",
        "[gallery ids=",
        '[gallery ids="5"]',
        "<!-- wp:",
        "<!-- wp:p -->",
        "<!-- /wp:p -->",
        '<!-- wp:block {"ref":1} /-->',
        "[a",
        "[ab x=",
        '[ab x="',
        '="[ab "',
        "[x y=",
        "[/x]",
        "[embed]http://a",
        "[video]",
        "http://a\n",
        "\n ",
        "<p ",
        "<p>",
        "<div>",
        "<ul><li>",
        "<pre>",
        "<figure>",
        "<table><tr><td>",
        "<b>",
        "<img ",
        "<img src=x>",
        "<video>",
        "<object>",
        "<iframe src=",
        "<cite>",
        "</p><cite>",
        "<style>",
        "<script>",
        "<!--",
        "<s>a</s>",
        "x<sup>a</sup>",
        "<div class='wp-block-cover' style='background:url(a)'>",
        "Së Gi¸o dôc ",
    ],
)
def test_a_hundred_kilobytes_made_to_be_slow_are_read_within_a_second(sign):
    text = sign * (100_000 // len(sign.encode()))

    def work():
        read_body(followed(with_whole_links(text, "http://cu.example/"), {1: "<p>a</p>"}, [5])[0], resolve)

    assert least_cpu(work, PATIENCE) < PATIENCE

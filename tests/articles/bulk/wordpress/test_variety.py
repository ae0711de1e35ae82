"""Exports of many kinds of WordPress site: each is imported sensibly, or named in the report."""

import gzip
import unicodedata

import pytest

from articles.bulk.wordpress.bodies import read_body
from articles.bulk.wordpress.opening import NotReadable
from articles.bulk.wordpress.pointers import followed
from articles.bulk.wordpress.report import ImportReport
from articles.bulk.wordpress.survey import survey
from articles.bulk.wordpress.wxr import ExportItem, Site, Term, read_export
from tests.articles.bulk.wordpress.export import _HEAD, attachment, item, write
from tests.articles.bulk.wordpress.test_bodies import body, resolve


def posts(path):
    return [thing for thing in read_export(path) if isinstance(thing, ExportItem)]


# --- the file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_of_the_export_is_read(tmp_path, version):
    path = write(tmp_path, item(7), head=_HEAD.replace("export/1.2/", f"export/{version}/"))
    post = posts(path)[0]
    assert (post.number, post.title, post.author) == (7, "Chào cờ đầu tuần", "lan")
    assert post.content.startswith("Sáng nay")


WP = "http://wordpress.org/export/1.2/"


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ('="http:', '="https:'),
        (WP, "https://wordpress.org/export/1.2/"),
        (WP, "http://www.wordpress.org/export/1.2/"),
        (WP, "http://WordPress.org/export/1.3/"),
        (f'{WP}"', 'http://wordpress.org/export/1.2"'),
        (f"{WP}excerpt/", "http://wordpress.org/excerpt/1.0/"),
        ("<?xml", "\n\ufeff \n<?xml"),
        ("<?xml", "<br />\n<b>Warning</b>: Undefined variable in <b>x.php</b><br />\n<?xml"),
        ("<?xml", "PHP Notice: x\n<?xml"),
        ('encoding="UTF-8"', 'encoding="ISO-8859-1"'),
        ("<rss", "<RSS"),
        ("</rss>", "</rss>\n<div>thời gian: 2 s</div>"),
        ("wp:", "w:"),
    ],
)
def test_an_export_is_known_by_its_namespace_however_its_root_is_written(tmp_path, written, otherwise):
    path = write(tmp_path, item(7, excerpt="Tóm tắt"))
    text = path.read_text().replace(written, otherwise)
    text = text.replace("</rss>", "</RSS>") if otherwise == "<RSS" else text
    path.write_text(text.replace("xmlns:wp", "xmlns:w") if otherwise == "w:" else text)
    post = posts(path)[0]
    assert (post.number, post.title, post.author, post.excerpt) == (7, "Chào cờ đầu tuần", "lan", "Tóm tắt")


def test_the_namespace_may_stand_on_the_channel_and_must_be_that_of_wordpress(tmp_path):
    path = write(tmp_path, item(7))
    text, declared = path.read_text(), f' xmlns:wp="{WP}"'
    path.write_text(text.replace(declared, "").replace("<channel>", f"<channel{declared}>"))
    assert posts(path)[0].number == 7
    for other in ("http://wordpress.org.example/export/1.2/", "http://khac.example/export/1.2/"):
        path.write_text(text.replace(WP, other))
        with pytest.raises(NotReadable, match="không phải tệp xuất của WordPress"):
            posts(path)


def test_categories_and_tags_of_the_first_version_are_each_read_once(tmp_path):
    more = (
        "<category><![CDATA[Tin tức]]></category>"
        '<category domain="category" nicename="tin-tuc"><![CDATA[Tin tức]]></category>'
        '<category domain="tag" nicename="hoc-sinh"><![CDATA[học sinh]]></category>'
    )
    assert posts(write(tmp_path, item(7, more=more)))[0].terms == [
        Term("category", "tin-tuc", "Tin tức"),
        Term("post_tag", "hoc-sinh", "học sinh"),
    ]
    bare = posts(write(tmp_path, item(7, more="<category>Tin tức</category>")))[0]
    assert bare.terms == [Term("category", "tin-tuc", "Tin tức")]


def test_a_packed_file_and_one_with_a_byte_order_mark_are_read(tmp_path):
    path = write(tmp_path, item(7))
    plain = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + plain)
    assert len(posts(path)) == 1
    path.write_bytes(gzip.compress(plain))
    assert len(posts(path)) == 1
    path.write_bytes(gzip.compress(plain)[:-20])
    with pytest.raises(NotReadable, match="nén"):
        posts(path)


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_signs_no_xml_may_hold_are_dropped_wherever_they_stand(tmp_path, sign):
    path = write(tmp_path, item(7, f"Chào{sign} cờ", content=f"Một{sign} hai"))
    assert (posts(path)[0].title, posts(path)[0].content) == ("Chào cờ", "Một hai")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("A &nbsp;&eacute;&agrave; B", "A \u00a0éà B"),
        ("A & B && C", "A & B && C"),
        ("A &#11;&#x0;B", "A B"),
        ("&#7873;&#x1EC1;", "ềề"),
        ("&la-lam; &lalam;", "&la-lam; &lalam;"),
        ("&lt;b&gt; &amp;nbsp;", "<b> &nbsp;"),
    ],
)
def test_names_and_numbers_of_letters_are_mended_outside_cdata(tmp_path, written, said):
    path = write(tmp_path, item(7, "THAY", content="&nbsp; & &#11; ở lại"))
    path.write_text(path.read_text().replace("THAY", written))
    assert (posts(path)[0].title, posts(path)[0].content) == (said, "&nbsp; & &#11; ở lại")


def test_nothing_is_mended_wrongly_where_the_file_is_cut_for_reading(tmp_path, monkeypatch):
    words = "A &amp; B &nbsp;<![CDATA[ & &nbsp; ]]]]><![CDATA[> ]]>&#11;& "
    path = write(tmp_path, item(7, "THAY"))
    path.write_text(path.read_text().replace("THAY", words * 40))
    whole = posts(path)[0].title
    assert whole.startswith("A & B \u00a0 & &nbsp; ]]> & A")
    monkeypatch.setattr("articles.bulk.wordpress.opening._LONGEST_PROLOG", 900)
    for step in (1, 2, 3, 7, 11, 64):
        monkeypatch.setattr("articles.bulk.wordpress.opening._STEP", step)
        assert posts(path)[0].title == whole, step


def test_letters_of_windows_are_read_and_told(tmp_path):
    path = write(tmp_path, item(7, content="THAY"))
    path.write_bytes(path.read_bytes().replace(b"THAY", b"\x93Caf\xe9\x94 \xed\xa0\xbd ch\xe1\xbb\x9d"))
    assert posts(path)[0].content == "“Café”  chờ"
    report = ImportReport()
    survey(path, report)
    assert any("Windows-1252" in what for what in report.left["Chữ sai bảng mã, hãy xem lại các bài"])


def test_the_end_of_cdata_within_a_text_is_part_of_the_text(tmp_path):
    path = write(tmp_path, item(7, content="a[b[0]]]]><![CDATA[>c"))
    assert posts(path)[0].content == "a[b[0]]>c"


def test_an_empty_export_and_one_without_an_address_of_its_site(tmp_path):
    assert survey(write(tmp_path), ImportReport()).posts == 0
    head = _HEAD.replace("<wp:base_blog_url>http://cu.example</wp:base_blog_url>", "")
    assert survey(write(tmp_path, item(7), head=head), ImportReport()).host == "cu.example"
    bare = head.replace("<link>http://cu.example</link>", "")
    assert survey(write(tmp_path, item(7), head=bare), ImportReport()).host == "cu.example"
    with pytest.raises(NotReadable, match="địa chỉ của trang cũ"):
        survey(write(tmp_path, item(7, link=""), head=bare), ImportReport())


def test_a_site_in_a_folder_keeps_its_folder(tmp_path):
    head = _HEAD.replace("base_blog_url>http://cu.example<", "base_blog_url>http://cu.example/tin/<")
    path = write(tmp_path, item(7), head=head)
    assert Site("http://cu.example/tin/") in list(read_export(path))
    assert survey(path, ImportReport()).host == "cu.example/tin"


# --- texts of the block editor -----------------------------------------------------------------------

GUTENBERG = [
    (
        '<!-- wp:heading {"level":4} --><h4 class="wp-block-heading" id="x">Mục</h4><!-- /wp:heading -->',
        "<h3>Mục</h3>",
    ),
    (
        '<!-- wp:quote --><blockquote class="wp-block-quote"><p>Học, học nữa.</p><cite>Lê-nin</cite>'
        "</blockquote><!-- /wp:quote -->",
        "<blockquote><p>Học, học nữa.</p><p>Lê-nin</p></blockquote>",
    ),
    (
        '<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div class="wp-block-column">'
        "<p>Trái</p></div><!-- /wp:column --><!-- wp:column --><div><p>Phải</p></div><!-- /wp:column -->"
        "</div><!-- /wp:columns -->",
        "<p>Trái</p>\n<p>Phải</p>",
    ),
    (
        '<!-- wp:file {"id":9} --><div class="wp-block-file"><object class="wp-block-file__embed" '
        'data="https://cu.example/wp-content/uploads/kh.pdf" type="application/pdf"></object>'
        '<a href="https://cu.example/wp-content/uploads/kh.pdf">Kế hoạch</a>'
        '<a href="https://cu.example/wp-content/uploads/kh.pdf" class="wp-block-file__button" download>'
        "Tải xuống</a></div><!-- /wp:file -->",
        '<p><a href="https://cu.example/wp-content/uploads/kh.pdf">Kế hoạch</a></p>',
    ),
    (
        '<!-- wp:embed {"url":"https://youtu.be/x"} --><figure class="wp-block-embed is-type-video">'
        '<div class="wp-block-embed__wrapper">\nhttps://youtu.be/x\n</div><figcaption>Lễ khai giảng'
        "</figcaption></figure><!-- /wp:embed -->",
        '<p><a href="https://youtu.be/x">https://youtu.be/x</a></p>\n<p>Lễ khai giảng</p>',
    ),
    (
        '<!-- wp:video --><figure class="wp-block-video"><video controls src="https://cu.example/a.mp4">'
        "</video></figure><!-- /wp:video -->",
        '<p><a href="https://cu.example/a.mp4">https://cu.example/a.mp4</a></p>',
    ),
    (
        '<!-- wp:table --><figure class="wp-block-table"><table><tbody><tr><td>Lớp</td><td>6A</td></tr>'
        "</tbody></table><figcaption>Sĩ số</figcaption></figure><!-- /wp:table -->",
        "<table><tbody><tr><td>Lớp</td><td>6A</td></tr></tbody></table>\n<p>Sĩ số</p>",
    ),
    ('<!-- wp:separator --><hr class="wp-block-separator"/><!-- /wp:separator --><p>Sau</p>', "<p>Sau</p>"),
    ("<!-- wp:more --><!--more--><!-- /wp:more --><p>Tiếp</p>", "<p>Tiếp</p>"),
]


@pytest.mark.parametrize(("written", "said"), GUTENBERG)
def test_blocks_become_what_readers_saw(written, said):
    assert body(written) == said


def test_pictures_of_a_gallery_block_stand_in_order_with_its_words():
    content = (
        '<!-- wp:gallery --><figure class="wp-block-gallery has-nested-images">'
        '<!-- wp:image {"id":5} --><figure class="wp-block-image"><img src="a.jpg" class="wp-image-5"/>'
        "<figcaption>Một</figcaption></figure><!-- /wp:image -->"
        '<!-- wp:image {"id":6} --><figure class="wp-block-image"><img src="b.jpg" class="wp-image-6"/>'
        '</figure><!-- /wp:image --><figcaption class="blocks-gallery-caption">Ngày hội</figcaption>'
        "</figure><!-- /wp:gallery -->"
    )
    found = body(content)
    assert found.index('data-photo="9"') < found.index('data-photo="10"') < found.index("<p>Ngày hội</p>")
    assert found.count("<figure") == 2
    assert "<figcaption>Một</figcaption>" in found


def test_a_block_the_site_filled_itself_is_told_of():
    text = read_body('<!-- wp:latest-posts {"postsToShow":3} /--><p>Chữ</p>', resolve)
    assert (text.body, text.shortcodes) == ("<p>Chữ</p>", {"wp:latest-posts"})


def test_a_reusable_block_stands_where_it_was_used():
    used = '<p>A</p><!-- wp:block {"ref":12} /--><!-- wp:block {"ref":13} /-->'
    assert followed(used, {12: "<p>Liên hệ</p>"}, []) == ("<p>A</p><p>Liên hệ</p>", [13])
    endless, _lost = followed(used, {12: used, 13: used}, [])
    assert len(endless) < 10_000


# --- texts of the classic editor ---------------------------------------------------------------------


def test_a_gallery_without_numbers_shows_the_pictures_of_its_post():
    content, _lost = followed('[gallery link="file"]', {}, [5, 6])
    assert body(content).count("<figure") == 2
    assert followed('[gallery ids="9"]', {}, [5])[0] == '[gallery ids="9"]'


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Xem:\n\nhttps://youtu.be/x\n\nHết.", "https://youtu.be/x"),
        ("[embed width=5]https://youtu.be/x[/embed]", "https://youtu.be/x"),
        ('[video mp4="https://cu.example/a.mp4"][/video]', "https://cu.example/a.mp4"),
        ('[audio src="https://cu.example/a.mp3"]', "https://cu.example/a.mp3"),
        ('<video controls><source src="https://cu.example/a.mp4"></video>', "https://cu.example/a.mp4"),
        (
            '<object width="5"><param name="movie" value="http://www.youtube.com/v/x"></param></object>',
            "http://www.youtube.com/v/x",
        ),
    ],
)
def test_films_and_sounds_become_links_and_are_told_of(written, said):
    text = read_body(written, resolve)
    assert f'<a href="{said}">{said}</a>' in text.body
    assert text.embeds == [said]
    assert text.shortcodes == set()


def test_a_shortcode_alone_on_its_line_goes():
    text = read_body("Trước.\n\n[toc]\n\nSau [sic].", resolve)
    assert (text.body, text.shortcodes) == ("<p>Trước.</p>\n<p>Sau [sic].</p>", {"toc"})


def test_marks_in_pieces_become_letters_and_signs_of_feeling_stay():
    assert body(unicodedata.normalize("NFD", "Đổi mới 😀")) == "<p>Đổi mới 😀</p>"


def test_pictures_know_the_post_they_are_kept_under(tmp_path):
    more = attachment(5, "a.jpg").replace("</item>", "<wp:post_parent>7</wp:post_parent></item>")
    loose = attachment(6, "b.jpg").replace("</item>", "<wp:post_parent>0</wp:post_parent></item>")
    found = survey(write(tmp_path, item(7), more, loose), ImportReport())
    assert (found.galleries[7], sorted(found.attachments)) == ([5], [5, 6])

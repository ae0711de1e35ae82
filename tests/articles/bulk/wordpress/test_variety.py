"""Exports of many kinds of WordPress site: each is imported sensibly, or named in the report."""

import gzip
import unicodedata

import pytest

from articles.bulk.old_site.posts import NotReadable, Term
from articles.bulk.old_site.report import ImportReport
from articles.bulk.wordpress.pointers import followed
from articles.bulk.wordpress.survey import survey
from articles.bulk.wordpress.wxr import ExportItem, Site, read_export
from tests.articles.bulk.wordpress.export import _HEAD, attachment, item, write
from tests.articles.bulk.wordpress.test_bodies import body, read_body, resolve


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


P = "<!-- wp:paragraph -->\n<p>{}</p>\n<!-- /wp:paragraph -->"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            f"Mở đầu.\n\n{P.format('Khối.')}\n\nCổ điển một,\ndòng hai.\n\nCổ điển hai.",
            "<p>Mở đầu.</p>\n<p>Khối.</p>\n<p>Cổ điển một,<br>dòng hai.</p>\n<p>Cổ điển hai.</p>",
        ),
        (  # the classic block has no mark, or one of its own
            "<!-- wp:freeform -->\nMột.\n\nHai.\n<!-- /wp:freeform -->" + P.format("Ba\nbốn."),
            "<p>Một.</p>\n<p>Hai.</p>\n<p>Ba bốn.</p>",
        ),
        (  # a mark that nothing closes, and one that closes nothing
            "<!-- wp:paragraph -->\nMột.\n\nHai.\n<!-- /wp:heading -->\n\nBa.",
            "<p>Một.</p>\n<p>Hai.</p>\n<p>Ba.</p>",
        ),
        (
            f"<!-- wp:group -->\n<div>{P.format('Trong.')}\n\n{P.format('Trong nữa.')}</div>\n"
            "<!-- /wp:group -->\n\nNgoài.",
            "<p>Trong.</p>\n<p>Trong nữa.</p>\n<p>Ngoài.</p>",
        ),
        (
            '<!-- wp:verse -->\n<pre class="wp-block-verse">Ao thu lạnh lẽo\nnước trong veo,\n\nMột chiếc'
            "</pre>\n<!-- /wp:verse -->",
            "<p>Ao thu lạnh lẽo<br>nước trong veo,<br><br>Một chiếc</p>",
        ),
        ("Thơ:\n<pre>Một\n\nHai</pre>\nHết.", "<p>Thơ:</p>\n<p>Một<br><br>Hai</p>\n<p>Hết.</p>"),
        ("<p>Một<br />\nhai\nba</p>", "<p>Một<br>hai<br>ba</p>"),
        (
            "<!-- wp:quote --><blockquote><!-- wp:paragraph -->\n<p>Học.</p>\n<!-- /wp:paragraph --><cite>"
            "Lê-nin</cite></blockquote><!-- /wp:quote -->",
            "<blockquote><p>Học.</p><p>Lê-nin</p></blockquote>",
        ),
    ],
)
def test_loose_text_and_blocks_of_one_post_keep_their_paragraphs_and_lines(written, said):
    text = read_body(written, resolve)
    assert (text.body, text.lost) == (said, [])


FIGURE = '<figure data-alt="Sân trường" data-photo="{}"><figcaption>{}</figcaption></figure>'
COVER = "wp-block-cover__image-background"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            f'<!-- wp:cover {{"id":5}} --><div class="wp-block-cover"><span class="wp-block-cover__ground">'
            f'</span><img class="{COVER} wp-image-5" src="a.jpg"/><div><p>Chữ trên ảnh</p></div></div>'
            "<!-- /wp:cover -->",
            FIGURE.format(9, "Từ kho ảnh") + "\n<p>Chữ trên ảnh</p>",
        ),
        (
            f'<div class="wp-block-cover"><div role="img" class="{COVER} wp-image-5" '
            'style="background-position:50% 50%;background-image:url(a.jpg)"></div><p>Chữ</p></div>',
            FIGURE.format(9, "Từ kho ảnh") + "\n<p>Chữ</p>",
        ),
        (
            '<!-- wp:cover --><section class="wp-block-cover-image has-background-dim" '
            "style=\"background-image:url('http://cu.example/co.jpg')\">Chữ <b>đậm</b></section>"
            "<!-- /wp:cover -->",
            FIGURE.format(11, "Từ kho ảnh") + "\n<p>Chữ <strong>đậm</strong></p>",
        ),
        (
            '<!-- wp:media-text {"mediaId":5} --><div class="wp-block-media-text"><figure '
            'class="wp-block-media-text__media" style="background-image:url(a.jpg)"><img src="a.jpg" '
            'class="wp-image-5 size-full"/></figure><div class="wp-block-media-text__content">'
            f"{P.format('Cạnh ảnh.')}</div></div><!-- /wp:media-text -->",
            FIGURE.format(9, "") + "\n<p>Cạnh ảnh.</p>",
        ),
        (  # a gallery from before WordPress 5.9
            '<!-- wp:gallery {"ids":[5,6]} --><figure class="wp-block-gallery"><ul class="blocks-grid">'
            '<li class="blocks-gallery-item"><figure><img src="a.jpg" data-id="5"/><figcaption>Một'
            '</figcaption></figure></li><li><figure><img src="b.jpg" data-id="6"/></figure></li></ul>'
            "<figcaption>Ngày hội</figcaption></figure><!-- /wp:gallery -->",
            f"{FIGURE.format(9, 'Một')}\n{FIGURE.format(10, '')}\n<p>Ngày hội</p>",
        ),
        (
            '<!-- wp:image {"id":5} --><figure class="wp-block-image"><img src="x.jpg" class="wp-image-5"/>'
            "<figcaption>Cô <em>Lan</em><br>và <a href='/x'>lớp 9</a></figcaption></figure>"
            "<!-- /wp:image -->",
            FIGURE.format(9, "Cô Lan và lớp 9"),
        ),
    ],
)
def test_pictures_of_every_block_are_photos_with_their_words(written, said):
    text = read_body(written, resolve)
    assert (text.body, text.lost, text.missing) == (said, [], [])


def test_words_of_a_block_whose_pictures_are_not_here_stay():
    cover = (
        '<div class="wp-block-cover" style="background-image:url(http://khac.example/a.jpg)"><p>Chữ</p></div>'
    )
    text = read_body(cover, resolve)
    assert (text.body, text.missing, text.lost) == ("<p>Chữ</p>", ["http://khac.example/a.jpg"], [])


def test_a_reusable_block_is_found_beside_words_that_replace_its_own_and_only_if_readers_saw_it(tmp_path):
    used = '<!-- wp:block {"ref":12,"content":{"tên":{"values":{"content":"x"}}}} /-->'
    assert followed(used, {12: "<p>Liên hệ</p>"}, []) == ("<p>Liên hệ</p>", [])
    blocks = [
        item(n, "Khối", type="wp_block", **said) for n, said in enumerate([{}, {"status": "draft"}], 12)
    ]
    assert list(survey(write(tmp_path, item(7), *blocks), ImportReport()).blocks) == [12]


# --- texts of the classic editor ---------------------------------------------------------------------


def test_a_gallery_without_numbers_shows_the_pictures_of_its_post():
    content, _lost = followed('[gallery link="file"]', {}, [5, 6])
    assert body(content).count("<figure") == 2
    assert followed('[gallery ids="9"]', {}, [5])[0] == '[gallery ids="9"]'


IMAGE = '<img class="wp-image-5" src="x.jpg">'


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"[caption id='a']{IMAGE} Học sinh [1] lớp 9[/caption]", FIGURE.format(9, "Học sinh [1] lớp 9")),
        (f'[caption caption="Lớp 9 [ảnh: Lan]"]{IMAGE}[/caption]', FIGURE.format(9, "Lớp 9 [ảnh: Lan]")),
        (f'[wp_caption\nid="a"]{IMAGE}Một<br />hai[/wp_caption]', FIGURE.format(9, "Một hai")),
        (f'[caption]{IMAGE} Xem [link url="x"]bài[/link] này[/caption]', FIGURE.format(9, "Xem bài này")),
        (
            f"[caption]{IMAGE} Một[/caption]\n[caption]{IMAGE.replace('5', '6')} Hai[/caption]",
            f"{FIGURE.format(9, 'Một')}\n{FIGURE.format(10, 'Hai')}",
        ),
        (
            f"[caption]Trước {IMAGE}{IMAGE.replace('5', '6')} sau[/caption]",
            f"{FIGURE.format(9, 'Trước sau')}\n{FIGURE.format(10, 'Từ kho ảnh')}",
        ),
        (f'[caption caption="Một"]{IMAGE} Hai[/caption]', FIGURE.format(9, "Một") + "\n<p>Hai</p>"),
        ("[caption]Không ảnh[/caption]", "<p>Không ảnh</p>"),
        (f"[caption]{IMAGE} Dở dang", FIGURE.format(9, "Từ kho ảnh") + "\n<p>Dở dang</p>"),
        (
            '[gallery include="5,6"]',
            f"{FIGURE.format(9, 'Từ kho ảnh')}\n{FIGURE.format(10, 'Từ kho ảnh')}",
        ),
        (
            '[vc_row css=".a{{background: url([x])}}"]Chữ[/vc_row]'.replace("{{", "{").replace("}}", "}"),
            "<p>Chữ</p>",
        ),
    ],
)
def test_captions_and_galleries_lose_nothing_whatever_signs_they_hold(written, said):
    text = read_body(written, resolve)
    assert (text.body, text.lost) == (said, [])


def test_words_in_the_attributes_of_a_code_are_told():
    text = read_body('[tab title="Nội quy lớp" id="3"]Chữ[/tab]', resolve)
    assert (text.body, text.code_words, text.lost) == ("<p>Chữ</p>", ["Nội quy lớp"], [])


@pytest.mark.parametrize(
    "content",
    [
        "Ba trăm đại biểu,\nmột <b>H</b>ội nghị &amp; 50&nbsp;m<sup>2</sup>.",
        "<p>Së Gi¸o dôc vµ §µo t¹o tØnh §¾k L¾k võa tæ chøc héi nghÞ tËp huÊn cho céng t¸c viªn.</p>",
        "<p>Có <del>150</del> 200.</p><div style='display:none'>ẩn <a href='http://x.example/y'>z</a></div>",
        "<!--[if gte mso 9]><xml>x</xml><![endif]--><p><![if !vml]>Chữ<![endif]></p>",
        "<script>var chu = 1;</script><style>.a{color:red}</style><!-- ghi chú --><p>Chữ [sic] [1]</p>",
        '<!-- wp:embed {"url":"https://youtu.be/x"} --><figure><div>\nhttps://youtu.be/x\n</div></figure>'
        "<!-- /wp:embed -->",
        '<a href="x" title="a > b">Chữ</a> 1 < 2 và 3 > 2',
    ],
)
def test_a_text_that_came_whole_is_told_of_by_nobody(content):
    assert read_body(content, resolve).lost == []


@pytest.mark.parametrize(
    ("content", "lost"),
    [
        ("Trước.\n\n<svg><text>Chữ trong hình</text></svg>", ["“Chữ trong hình”"]),
        ("<p>Công thức một hai ba <math><mi>abc</mi></math></p>", ["“abc”"]),
        ("<iframe>Khung cũ</iframe>", ["“Khung cũ”"]),
    ],
)
def test_words_that_did_not_come_over_are_named(content, lost):
    assert read_body(content, resolve).lost == lost


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

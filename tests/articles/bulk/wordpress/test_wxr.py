"""An export is read correctly; a harmful file is refused with a clear message."""

import datetime
import tracemalloc

import pytest

from articles.bulk.old_site.posts import NotReadable, Term
from articles.bulk.wordpress.wxr import Author, ExportItem, Site, read_export
from tests.articles.bulk.wordpress.export import item, meta, write


def posts(path):
    return [thing for thing in read_export(path) if isinstance(thing, ExportItem)]


def test_everything_of_a_post_is_read(tmp_path):
    more = (
        '<category domain="post_tag" nicename="hoc-sinh"><![CDATA[học sinh]]></category>'
        + meta("_wp_old_slug", "ten-cu")
        + "<wp:comment><wp:comment_content>Hay</wp:comment_content></wp:comment>"
    )
    things = list(read_export(write(tmp_path, item(7, "Bài & ảnh", excerpt="Tóm tắt", more=more))))
    assert Site("http://cu.example") in things
    assert Author("lan", "Nguyễn Thị Lan") in things
    assert Term("category", "tin-tuc", "Tin tức", "giao-duc") in things
    post = things[-1]
    assert (post.number, post.title, post.excerpt, post.comments) == (7, "Bài & ảnh", "Tóm tắt", 1)
    assert post.published_at == datetime.datetime(2017, 11, 10, 3, 12, tzinfo=datetime.UTC)
    assert post.terms == [Term("post_tag", "hoc-sinh", "học sinh")]
    assert post.meta == {"_wp_old_slug": ["ten-cu"]}


def test_a_draft_without_a_day_has_none(tmp_path):
    assert posts(write(tmp_path, item(1, date="0000-00-00 00:00:00")))[0].published_at is None


def test_control_signs_that_wordpress_leaves_in_a_text_are_dropped(tmp_path):
    path = write(tmp_path, item(1, content="Một\x0b hai\x08 ba"))
    assert posts(path)[0].content == "Một hai ba"


BOMB = '<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/evil.dtd">'


@pytest.mark.parametrize("declaration", [BOMB, FILE, REMOTE, "<!-- <rss> -->" + FILE, " " * 60000 + FILE])
def test_declarations_are_refused(tmp_path, declaration):
    path = write(tmp_path, item(1))
    first, rest = path.read_text().split("\n", 1)
    path.write_text(f"{first}\n{declaration}\n{rest.replace('Chào cờ', '&x;&b;')}")
    with pytest.raises(NotReadable, match="DOCTYPE"):
        posts(path)


def test_a_declaration_in_the_words_of_a_post_is_just_words(tmp_path):
    words = "Viết &lt;!DOCTYPE html&gt; ở đầu trang <!DOCTYPE html>"
    assert posts(write(tmp_path, item(1, content=words)))[0].content == words


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"xin chao",
        b"<html><body>404</body></html>",
        b"PK\x03\x04zip",
        "<rss></rss>".encode("utf-16"),
        b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>',
        b"<" * 100_000,
    ],
)
def test_what_is_no_export_is_refused(tmp_path, content):
    path = tmp_path / "export.xml"
    path.write_bytes(content)
    with pytest.raises(NotReadable):
        posts(path)


def test_a_broken_file_is_refused_with_its_line(tmp_path):
    path = write(tmp_path, item(1), item(2))
    path.write_text(path.read_text()[:-200])
    with pytest.raises(NotReadable, match=r"dòng \d+"):
        posts(path)


def test_deep_nesting_is_refused(tmp_path):
    with pytest.raises(NotReadable):
        posts(write(tmp_path, item(1, more="<a>" * 5000)))


def test_a_large_file_is_not_held_in_memory(tmp_path):
    path = write(tmp_path, *(item(n, content="chữ " * 5000) for n in range(1, 400)))
    tracemalloc.start()
    count = sum(1 for _ in read_export(path))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count > 399
    assert most < path.stat().st_size / 4

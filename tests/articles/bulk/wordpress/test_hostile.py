"""Damaged and hostile exports: refused in words, or read; in time that follows the length of the file."""

import random

import pytest

from articles.bulk.old_site.bodies import read_body
from articles.bulk.old_site.report import ImportReport
from articles.bulk.wordpress.markup import open_markup
from articles.bulk.wordpress.opening import NotReadable
from articles.bulk.wordpress.survey import survey
from articles.bulk.wordpress.wxr import ExportItem, Term, read_export
from tests.articles.bulk.wordpress.export import attachment, item, meta, write
from tests.articles.bulk.wordpress.test_bodies import resolve
from tests.budgets import PATIENCE, least_cpu

SIGNS = (
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"\x00",
    b"\xff",
    b"\xed\xa0\xbd",
    b"</item>",
    b"<item>",
    b'"',
)
SIGNS += (
    b"[caption]",
    b"<!-- wp:x -->",
    b"<!--",
    b"<!DOCTYPE x>",
    b"-99999999999999999999",
    b"&#0;",
    b"\xef\xbb\xbf",
)


def changed(raw, chance):
    """The bytes with a few cut, doubled, moved or replaced."""
    for _ in range(chance.randint(1, 6)):
        at, end = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
        end = min(end, at + chance.choice((1, 3, 40, 400)))
        piece = chance.choice(
            (b"", chance.choice(SIGNS), raw[at:end] * 2, raw[at:end][::-1], chance.randbytes(3))
        )
        raw = raw[:at] + piece + raw[end:]
    return raw


@pytest.mark.parametrize("seed", range(5))
def test_an_export_changed_at_random_is_read_or_refused_in_words(tmp_path, seed):
    more = (
        meta("_thumbnail_id", "3")
        + '<category domain="post_tag" nicename="a"><![CDATA[học sinh]]></category>'
    )
    text = (
        'Một.\n\n[caption id="a"]<img class="wp-image-5" src="x.jpg"> Lời[/caption]\n\n<!-- wp:p --><p>2</p>'
    )
    path = write(tmp_path, item(7, content=text, more=more), attachment(3, "a.jpg", caption="Cờ", alt="Sân"))
    raw, chance = path.read_bytes(), random.Random(seed)  # noqa: S311 (a repeatable test)
    read = 0
    for _ in range(100):
        path.write_bytes(changed(raw, chance))
        try:
            survey(path, ImportReport())
            for thing in read_export(path):
                if isinstance(thing, ExportItem):
                    read_body(thing.content, resolve, open_markup)
                    read += 1
        except NotReadable as refusal:
            assert refusal.message.endswith((".", "!"))
    assert read


@pytest.mark.parametrize(
    "piece",
    [
        "<item/>",
        "<wp:author/>",
        "<wp:category/>",
        "<item><wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key></wp:postmeta></item>",
        '<item><category domain="post_tag"/></item>',
        "<a/>",
        "<a><b/></a>",
        "<![CDATA[]]>",
        "&nbsp;",
        "<!-- -->",
    ],
)
def test_tiny_things_without_end_are_read_within_a_second_for_a_hundred_kilobytes(tmp_path, piece):
    path = write(tmp_path, piece * (100_000 // len(piece)))
    assert least_cpu(lambda: survey(path, ImportReport()), PATIENCE) < PATIENCE


def test_a_name_without_end_is_cut(tmp_path):
    more = f'<category domain="category" nicename="{"a" * 90_000}">{"chữ " * 90_000}</category>'
    post = next(
        thing for thing in read_export(write(tmp_path, item(7, more=more))) if isinstance(thing, ExportItem)
    )
    assert post.terms == [Term("category", "a" * 200, ("chữ " * 50)[:200])]

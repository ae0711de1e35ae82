"""No text, however written, costs more than a second of processor time for each 100 KB."""

import io
import time

import pytest

from articles.bulk.old_site.bodies import read_body
from articles.bulk.wordpress.markup import open_markup
from articles.text import pasting
from articles.text.body import clean_body, plain_text
from articles.text.head import take_head
from articles.text.word.reading import BODY, read_text
from articles.text.word.witness import missing_words
from foundation.packages.opening import PackageRefused, open_package
from tests.budgets import PATIENCE, least_cpu
from tests.factories.word import item, make_docx, para, run

SIZE = 100_000
SECONDS = 1.0


def many(text):
    return text * (SIZE // len(text))


def nested(opens, closes):
    count = SIZE // (len(opens) + len(closes))
    return f"{opens * count}x{closes * count}"


HARD = {
    "comments of Word": many("<!--[if gte mso 9]>"),
    "closed comments of Word": many("<!--[if gte mso 9]>x<![endif]-->"),
    "half comments": many("<!--[if gte mso 9]>-->"),
    "lists": nested("<ul><li>", "</li></ul>"),
    "open lists": many("<ul><li>"),
    "flat list": "<ul>" + many("<li>a b c"),
    "tables": nested("<table><tr><td>", "</td></tr></table>"),
    "open tables": many("<table><tr><td>"),
    "cells": "<table><tr>" + many("<td>a b"),
    "spans": nested("<span>", "</span>"),
    "quotes": nested("<blockquote>", "</blockquote>"),
    "walls": nested("<div>", "</div>"),
    "open formatting": many("<b><i>"),
    "formatting over paragraphs": many("<b><p>"),
    "other formatting each time": "".join(f'<b class="c{n}"><p>' for n in range(SIZE // 20)),
    "other links each time": "".join(f'<a href="/{n}"><p>' for n in range(SIZE // 20)),
    "attributes": "<p " + " ".join(f'a{n}="1"' for n in range(SIZE // 9)) + ">x",
    "declarations": f'<p style="{many("color:red;")}">x',
    "entities": many("&amp;"),
    "paragraphs of a letter": many("<p>a"),
    "lines of a letter": many("a\n"),
    "paragraphs of a letter in plain text": many("a\n\n"),
    "lines of a letter in bold": many("<b>a</b><br>"),
    "a long word": "ế" * SIZE,
    "line ends": "\n" * SIZE,
    "line breaks": many("ab<br><br>"),
    "ten thousand styles": "<style>"
    + "".join(f".c{n}{{color:red}}" for n in range(10_000))
    + "</style><p class=c1>x",
    "open styles": many("<style>"),
    "braces": f"<style>{many('{')}</style>",
    "remarks in styles": f"<style>{many('/*')}</style>",
    "exponents": many("x<sup>a</sup>"),
    "struck words": many("<s>x</s>y"),
    "formulas": many("<math><mi>x</mi></math>"),
    "open formulas": many("<math>"),
    "bullets": many("• a b c\n"),
    "capitals": many("CỘNG HÒA "),
    "pictures": many("<img src=x>"),
    "text boxes": f"<!--[if gte vml 1]>{many('<v:textbox>')}<![endif]-->",
}


def paste(text):
    """What the screen does with a pasted text; one of more than ten thousand lines is refused in words."""
    try:
        return take_head(pasting.settle(text).body)
    except pasting.TooManyLines:
        return None


DOORS = {
    "paste": paste,
    "body": clean_body,
    "old site": lambda text: read_body(text, lambda number, address: None, open_markup),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", HARD)
def test_a_hard_text_is_read_in_time(door, name):
    text = HARD[name][: SIZE + 20_000]
    limit = SECONDS * PATIENCE * max(1, len(text) / SIZE)
    assert least_cpu(lambda: DOORS[door](text), limit) < limit


@pytest.mark.parametrize(
    "name", ["lists", "tables", "walls", "open formatting", "formatting over paragraphs"]
)
def test_what_is_nested_out_of_all_measure_keeps_its_words(name):
    text = f"<p>Trước</p>{HARD[name]} giữa <p>Sau</p>"
    for body in (clean_body(text), pasting.settle(text).body):
        assert plain_text(body).split()[0] == "Trước"
        assert {"giữa", "Sau"} <= set(plain_text(body).split())


def test_an_ordinary_depth_keeps_its_shape():
    text = f"{'<ul><li>a' * 20}{'</li></ul>' * 20}"
    assert clean_body(text).count("<ul>") == 20
    assert clean_body("".join(f"<ul><li>a{n}" for n in range(9)) + "</ul>" * 9).count("<ul>") == 9
    assert clean_body("<ul>" + "<li>a" * 500 + "</ul>").count("<li>") == 500


FILES = {
    "paragraphs": lambda: make_docx(*[para(run("Lời đoạn văn."))] * 2000),
    "runs": lambda: make_docx(para(*[run("a ")] * 20_000)),
    "empty lines": lambda: make_docx(*["<w:p/>"] * 20_000),
    "items": lambda: make_docx(*[item("a", 1)] * 1000),
    "deep tables": lambda: make_docx(
        "<w:tbl><w:tr><w:tc>" * 60 + para(run("x")) + "</w:tc></w:tr></w:tbl>" * 60
    ),
    "styles": lambda: make_docx(
        *[para(run("x"), look='<w:pStyle w:val="s9999"/>')] * 200,
        more_styles="".join(
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/>'
            f'<w:basedOn w:val="s{n - 1}"/></w:style>'
            for n in range(10_000)
        ),
    ),
    "line breaks": lambda: make_docx(f"<w:p><w:r>{'<w:br/>' * 10_000}<w:t>x</w:t></w:r></w:p>"),
    "more than anybody writes": lambda: make_docx(*[para(run("a"), run("b", "<w:b/>"))] * 30_000),
    "a bomb": lambda: make_docx(para(run("a" * 30_000_000))),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hard_word_file_is_read_or_refused_in_time(name):
    content = FILES[name]()
    package = None
    begun = time.process_time()
    try:
        package = open_package(io.BytesIO(content), BODY)
        text = read_text(package)
        settled = pasting.settle_tree(text.root, [], [])
        missing_words(package, settled.said)
    except PackageRefused:
        pass
    size = sum(len(package.read(part)) for part in package.names) if package else SIZE
    assert time.process_time() - begun < SECONDS * PATIENCE * max(1, size / SIZE)

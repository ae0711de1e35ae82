"""Markup nested without end is read in time and keeps its words; ordinary markup is not touched."""

import time

import pytest

from articles.text.body import clean_body
from articles.text.manuscript.sheets import Sheet
from articles.text.nesting import flatten_deep
from tests.budgets import PATIENCE, least_cpu


@pytest.mark.parametrize(
    "markup",
    [
        "<div><p>Một</p></div>" * 500,
        "<p>Một <br>hai" * 500,  # the next paragraph ends the one before
        "<ul>" + "<li>một" * 500 + "</ul>",
        "<table>" + "<tr><td>1<td>2" * 500 + "</table>",
        "<b>" * 99 + "sâu" + "</b>" * 99 + "<i>a</i>" * 100,
    ],
)
def test_markup_that_is_not_deep_stays_to_the_letter(markup):
    assert flatten_deep(markup) == markup


def test_what_lies_too_deep_keeps_its_words_and_what_follows_its_place():
    deep = "<ul><li>một" * 300 + "</li></ul>" * 300 + "<p>Sau <b>đó</b>.</p>"
    cleaned = clean_body(deep)
    assert cleaned.count("một") == 300
    assert cleaned.endswith("<p>Sau <strong>đó</strong>.</p>")


@pytest.mark.parametrize(
    "sign", ["<ul><li>", "<div>", "<pre>", "<h2>", "<figure>", "<p>", "<p>\n", "<a>x</a>"]
)
def test_a_hundred_kilobytes_take_less_than_a_second(sign):
    assert least_cpu(lambda: clean_body(sign * (100_000 // len(sign))), PATIENCE) < PATIENCE


def test_style_sheets_that_never_end_take_no_time():
    begun = time.process_time()
    assert Sheet("<style>p.a{color:red}</style>" + "<style>" * 15_000)
    assert time.process_time() - begun < 0.5

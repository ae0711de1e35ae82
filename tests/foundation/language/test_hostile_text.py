"""No text, however long or strange, makes a language rule fail or dawdle."""

from time import thread_time

import pytest

from foundation.language.dates import parse_date, parse_time
from foundation.language.legacy import repair
from foundation.language.numbers import parse_number
from foundation.language.school_years import parse_school_year
from foundation.language.searching import accented_text, search_text
from foundation.language.syllables import doubtful_words, is_known_word
from foundation.language.vietnamese import fold, initials, name_sort_key, nfc, slug, sort_key, tone_key

RULES = [
    nfc, fold, slug, sort_key, name_sort_key, initials, tone_key, search_text, accented_text, repair,
    doubtful_words, is_known_word, parse_date, parse_time, parse_number, parse_school_year,
]  # fmt: skip
TEXTS = {
    "nothing": "",
    "null": "\x00",
    "lone surrogate": "\ud800 a",
    "one endless word": "ắ" * 50_000 + " Ð",
    "endless marks": "e" + "\u0302\u0301" * 25_000,
    "marks in no order": "e" + "\u0323\u0302" * 25_000,
    "endless spaces": " \u00a0" * 25_000 + "x",
    "endless apostrophes": "a'" * 25_000,
    "endless digits": "1" * 50_000,
    "endless legacy": "Së " * 15_000,
    "many scripts": "".join(map(chr, range(0x20, 0xD7FF))),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_rule_takes_every_text_in_good_time(rule, text):
    started = thread_time()
    rule(text)
    assert thread_time() - started < 1  # a quadratic rule would take seconds


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_keys_are_ascii_whatever_comes(text):
    assert all(key(text).isascii() for key in (slug, sort_key, name_sort_key))


def test_cleaning_and_folding_twice_changes_nothing():
    for text in TEXTS.values():
        assert nfc(nfc(text)) == nfc(text)
        assert fold(fold(text)) == fold(text)


def test_a_letter_keeps_the_marks_that_a_language_can_pile_on_it():
    piled = "e" + "\u0323\u0302" * 15
    assert nfc(piled + "\u0301 và ệ") == nfc(piled) + " và ệ"

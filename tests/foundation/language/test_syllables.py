import re
from collections import Counter

import pytest

from foundation.language.syllables import doubtful_words, is_known_word, is_syllable
from tests.foundation.language.shared_cases import cases, news_paragraphs


@pytest.mark.parametrize("case", cases("syllable_valid", "syllable_invalid"))
def test_syllables_as_agreed(case):
    assert is_syllable(case["input"]) is case["expected"]


@pytest.mark.parametrize(
    "word",
    "gì giếng giết già quốc quý quyết quỳnh quắp yêu yến uyên oan ương ghế nghỉ nghề kỹ kể ngoèo"
    " Ạ đặc ĐẮC khuya huơ thuở xoèn boong hoà hòa tòan e\u0302m vì y".split(),
)
def test_syllables_of_the_language(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    ["", "b", "ng", "gê", "ngề", "ghi2", "cê", "kà", "gha", "nghà", "iên", "tyên", "quu", "chuơng", "đươc",
     "trưòng", "cac", "hoạ̀", "hoàá", "Google", "GDĐT", "học sinh", "học.", "日"],
)  # fmt: skip
def test_what_is_no_syllable(word):
    assert not is_syllable(word)


def test_stop_codas_take_sac_or_nang_only():
    for rime in ("ac", "ich", "ơp", "uyt"):
        assert not is_syllable("t" + rime)
    assert is_syllable("tác")
    assert is_syllable("tạc")
    assert not is_syllable("tảc")


@pytest.mark.parametrize("word", ["Đắk", "Krông", "M'gar", "M’Đrắk", "H'leo", "Niê", "Byă", "ôtô", "ni lông"])
def test_names_of_the_province_and_loans_are_known(word):
    assert all(is_known_word(part) for part in word.split())


def test_only_marked_words_are_doubted_and_each_once():
    text = "Học sinh trưòng Krông Búk dùng Google, HĐND đươc mời; trưòng khác thì không. M'Đrắk"
    assert doubtful_words(text) == ["trưòng", "đươc"]


def test_news_is_accepted():
    # A word has two letters or more; capitals throughout are an abbreviation or a signature.
    words = Counter(
        word
        for paragraph in news_paragraphs()
        for word in re.findall(r"[^\W\d_]{2,}", paragraph)
        if not word.isupper()
    )
    accepted = sum(count for word, count in words.items() if is_syllable(word))
    assert accepted / words.total() >= 0.99


def test_news_is_almost_never_doubted():
    paragraphs = news_paragraphs()
    doubted = [word for paragraph in paragraphs for word in doubtful_words(paragraph)]
    assert len(doubted) <= len(paragraphs) / 200

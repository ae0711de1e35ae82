import pytest

from foundation.language.searching import (
    SYNONYMS,
    accented_text,
    accented_words,
    matches,
    rank,
    search_text,
    search_words,
)
from foundation.language.vietnamese import fold
from tests.foundation.language.shared_cases import cases


@pytest.mark.parametrize("case", cases("search_match"))
def test_search_as_agreed(case):
    asked, expected = case["input"], case["expected"]
    if "text" in asked:
        assert matches(asked["query"], asked["text"]) is expected
    else:
        found = rank(asked["query"], asked["texts"])
        assert found[0] == expected["first"]
        assert (sorted(found) == sorted(asked["texts"])) is expected["all_match"]


def test_stored_words_keep_their_order_and_are_ascii():
    assert search_text("Lễ “khai giảng” 05/9/2025 – Ấn tượng!") == "le khai giang 05 9 2025 an tuong"
    assert accented_text("Lễ khai giảng Hòa, Hoà") == "le64 khai giang3 hoa2 hoa2"


def test_other_names_follow_the_text_once():
    assert search_text("BMT và BMT") == "bmt va bmt buon ma thuot ban me thuot buon me thuot"


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Daklak", "tỉnh Đắk Lắk"),
        ("Dak Lak", "báo Daklak"),
        ("Đắc Lắc", "Đắk Lắk"),
        ("Ban Mê Thuột", "TP. Buôn Ma Thuột"),
        ("bmt", "Buôn Ma Thuột"),
        ("giáo dục và đào tạo", "Sở GD&ĐT"),
        ("gdđt", "ngành GD-ĐT"),
        ("SGDĐT", "Sở Giáo dục và Đào tạo"),
        ("1247/QĐ-SGD&ĐT", "số 1247/QĐ-SGDĐT"),
        ("trung học phổ thông", "Trường THPT Chu Văn An"),
        ("hsg", "kỳ thi học sinh giỏi"),
        ("kì thi", "kỳ thi học sinh giỏi"),
        ("địa lý", "môn Địa lí"),
        ("mgar", "huyện Cư M'gar"),
        ("M’gar", "huyện Cư M'gar"),
        ("cu m gar", "huyện Cư M’gar"),
        ("2017–2018", "năm học 2017-2018"),
    ],
)
def test_other_spellings_find_each_other(query, text):
    assert matches(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [("", "Đắk Lắk"), ("  ?!", "Đắk Lắk"), ("giao", "giáoviên"), ("sở y tế", "Sở GD&ĐT"), ("lak", "")],
)
def test_part_words_and_empty_queries_find_nothing(query, text):
    assert not matches(query, text)


def test_words_of_a_query_are_asked_once():
    assert search_words("Dạy tốt, học tốt") == ["day", "tot", "hoc"]
    assert accented_words("Dạy tốt, học tốt") == ["day5", "to6t1", "hoc5"]


def test_equal_rank_keeps_the_given_order_and_tone_placement_is_no_difference():
    texts = ["Bà Thủy", "Bà Thuý B", "Bà Thúy A", "Ông Nam"]
    assert rank("thúy", texts) == ["Bà Thuý B", "Bà Thúy A", "Bà Thủy"]


def test_synonyms_are_written_folded_and_belong_to_one_group():
    names = [name for group in SYNONYMS for name in group]
    assert names == [fold(name) for name in names]
    assert len(names) == len(set(names))

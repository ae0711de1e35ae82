import datetime

import pytest

from documents.numbering import book_year, number_key, number_order


@pytest.mark.parametrize(
    "typed",
    [
        "1247/QĐ-SGDĐT",
        "1247/QĐ-SGD&ĐT",
        "1247/ QĐ - SGDĐT",
        "1247 /QĐ–SGDĐT",
        "1247/QD-SGDDT",
        "1247/qđ-sgdđt",
        "Số: 1247/QĐ-SGDĐT",
        "số 1247/QĐ-SGDĐT",
        "1247/QÐ-SGDÐT",  # eth, from an old keyboard
    ],
)
def test_one_number_has_one_key_however_it_is_typed(typed):
    assert number_key(typed) == "1247qdsgddt"


def test_a_number_without_figures_is_still_compared():
    assert number_key("QD-SGDDT") == number_key("QĐ-SGD&ĐT") == "qdsgddt"


def test_the_zero_under_ten_is_writing_not_number():
    assert number_key("05/QĐ-SGDĐT") == number_key("5/QĐ-SGDĐT") == "5qdsgddt"
    assert number_key("0") == "0"


def test_two_figures_beside_each_other_do_not_run_together():
    assert number_key("31/2020/QĐ-UBND") == "31/2020qdubnd"
    assert number_key("312/020/QĐ-UBND") != number_key("31/2020/QĐ-UBND")


def test_different_types_and_units_keep_different_keys():
    keys = {number_key(n) for n in ("1247/QĐ-SGDĐT", "1247/KH-SGDĐT", "1247/SGDĐT-VP", "1248/QĐ-SGDĐT")}
    assert len(keys) == 4


def test_a_number_belongs_to_the_book_of_its_calendar_year():
    assert book_year(datetime.date(2025, 12, 31)) == book_year("2025-01-01") == "2025"


@pytest.mark.parametrize(
    ("number", "order"),
    [
        ("12/QĐ-SGDĐT", "000012qdsgddt"),
        ("0105/CV", "000105cv"),
        ("31/2020/QĐ-UBND", "000031002020qdubnd"),
        ("Số: 7/KH", "000007kh"),
        ("QĐ-12", "qd000012"),
        ("", ""),
    ],
)
def test_the_order_of_numbers(number, order):
    assert number_order(number) == order


def test_the_order_fits_an_address_whatever_is_typed():
    assert len(number_order("1234567/" * 10)) == 24

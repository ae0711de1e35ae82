import sqlite3
from random import Random

import pytest

from foundation.language.vietnamese import (
    NameParts,
    fold,
    initials,
    name_parts,
    name_sort_key,
    nfc,
    same_word,
    slug,
    sort_key,
    tone_key,
)
from tests.foundation.language.shared_cases import cases


@pytest.mark.parametrize("case", cases("nfc"))
def test_nfc_as_agreed(case):
    got = nfc(case["input"])
    assert got == case["expected"]
    assert " ".join(f"{ord(char):04X}" for char in got) == case["expected_codepoints"]


@pytest.mark.parametrize("case", cases("fold"))
def test_fold_as_agreed(case):
    assert fold(case["input"]) == case["expected"]


@pytest.mark.parametrize("case", cases("slug"))
def test_slug_as_agreed(case):
    assert slug(case["input"]) in {case["expected"], *case.get("accept", [])}


@pytest.mark.parametrize("case", cases("sort_titles"))
def test_titles_sort_as_agreed(case):
    assert sorted(case["input"], key=sort_key) == case["expected"]


@pytest.mark.parametrize("case", cases("sort_names"))
def test_names_sort_as_agreed(case):
    assert sorted(case["input"], key=name_sort_key) == case["expected"]


@pytest.mark.parametrize("case", cases("tone_equivalence"))
def test_same_word_as_agreed(case):
    assert same_word(*case["input"]) is case["expected"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Sở GD&ÐT", "Sở GD&ĐT"),
        ("1247/QÐ-SGDÐT", "1247/QĐ-SGDĐT"),
        ("Ðắk Lắk, M'Ðrắk", "Đắk Lắk, M'Đrắk"),
        ("ÐẠI HỌC", "ĐẠI HỌC"),
        ("ðào tạo", "đào tạo"),
        ("Guðrún Sigurðardóttir", "Guðrún Sigurðardóttir"),
        ("học\u200b sinh\ufeff", "học sinh"),
        ("ho\u200d\u0323c", "học"),
        ("so\u0301\u0302", "số"),
        ("n\u0103\u0301ng", "nắng"),
        ("plain ASCII\n\ttext", "plain ASCII\n\ttext"),
        ("", ""),
    ],
)
def test_nfc_repairs_what_keyboards_do_and_nothing_else(typed, stored):
    assert nfc(typed) == stored
    assert nfc(stored) == stored


def test_fold_drops_every_mark_of_the_alphabet():
    marked = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
    assert fold(marked) == "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d"
    assert fold(marked.upper()) == fold(marked)


def test_fold_trims_and_joins_every_kind_of_space():
    assert fold("\u00a0 Buôn\u2003Ma\u200b\r\nThuột ") == "buon ma thuot"


def test_fold_opens_the_letters_of_the_ede():
    assert fold("Ƀuôn Čư Ê̆ Ŏ") == "buon cu e o"


def test_slug_is_cut_at_a_word_and_never_over_the_limit():
    title = "Hội nghị tập huấn công tác truyền thông ngành giáo dục và đào tạo năm học mới tại tỉnh"
    assert slug(title) == "hoi-nghi-tap-huan-cong-tac-truyen-thong-nganh-giao-duc-va-dao-tao-nam-hoc-moi"
    assert slug("hai ba bon", limit=6) == "hai-ba"
    assert slug("hai ba bon", limit=5) == "hai"
    assert slug("a" * 200) == "a" * 80


def test_slug_keeps_nothing_of_other_scripts_and_quotes():
    assert slug("‘Thắng’ lớn 🎉 日本") == "thang-lon"
    assert slug("🎉") == ""


ALPHABET_IN_ORDER = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z".split()


def test_sort_key_follows_the_alphabet():
    shuffled = ALPHABET_IN_ORDER.copy()
    Random(5).shuffle(shuffled)  # noqa: S311 - a fixed shuffle, no secret
    assert sorted(shuffled, key=sort_key) == ALPHABET_IN_ORDER
    assert sorted(map(str.upper, shuffled), key=sort_key) == [letter.upper() for letter in ALPHABET_IN_ORDER]


def test_sort_key_compares_all_letters_before_any_tone():
    assert sorted(["Tà áo", "Ta đi", "Tạ ao"], key=sort_key) == ["Tà áo", "Tạ ao", "Ta đi"]


def test_sort_key_puts_space_before_signs_before_digits_before_letters():
    ordered = ["lớp a", "lớp-a", "lớp.a", "lớp&a", "lớp1", "lớpa", "lớpz", "lớpж"]
    assert sorted(set(ordered), key=sort_key) == ordered


def test_sort_key_ignores_encoding_case_and_kind_of_dash():
    assert sort_key("ĐẮK  LẮK – 1") == sort_key("Đa\u0306\u0301k La\u0306\u0301k - 1")


def test_sort_keys_are_lower_case_ascii_letters_and_digits_only():
    key = sort_key("Ê̆ đê: “Ngữ văn” 12, 日本 🎉 straße\x00")
    assert key.isascii()
    assert key.isalnum()
    assert key == key.lower()


def test_sqlite_orders_by_the_key_as_python_does():
    titles = ["Ơn thầy", "Đại hội", "Dạy học", "Ôn thi", "Em", "On call", "Ăn", "Âm", "An"]
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE TABLE t (title, k)")
        db.executemany("INSERT INTO t VALUES (?, ?)", [(title, sort_key(title)) for title in titles])
        ordered = [title for (title,) in db.execute("SELECT title FROM t ORDER BY k")]
    db.close()
    assert ordered == ["An", "Ăn", "Âm", "Dạy học", "Đại hội", "Em", "On call", "Ôn thi", "Ơn thầy"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Nguyễn Thị Ngọc Lan", NameParts("Lan", "Nguyễn", "Thị Ngọc")),
        ("Lê  Lợi", NameParts("Lợi", "Lê", "")),
        ("Lan", NameParts("Lan", "", "")),
        ("Y Phu Êban", NameParts("Phu", "Êban", "")),
        ("Y Thắng Niê Kdăm", NameParts("Thắng", "Niê Kdăm", "")),
        ("H'Lan Byă", NameParts("Lan", "Byă", "")),
        ("H’Hen Niê", NameParts("Hen", "Niê", "")),
        ("Hà Lan", NameParts("Lan", "Hà", "")),
        ("Nguyễn Như Y", NameParts("Y", "Nguyễn", "Như")),
        ("Y Lan", NameParts("Lan", "Y", "")),
        ("", NameParts("", "", "")),
    ],
)
def test_name_parts(name, parts):
    assert name_parts(name) == parts


def test_given_name_with_its_tone_decides_before_the_family_name():
    names = ["Trần Thị Hoa", "An Thị Hoà", "Bùi Hoa", "Bùi An Hoa"]
    assert sorted(names, key=name_sort_key) == ["Bùi Hoa", "Bùi An Hoa", "Trần Thị Hoa", "An Thị Hoà"]


def test_initials_keep_hats_and_lose_tones():
    assert initials("Nguyễn Thị Lan") == "N.T.L."
    assert initials("Đào Ấn") == "Đ.Â."
    assert initials("  ") == ""


def test_tone_key_moves_the_tone_to_the_end():
    assert tone_key("hòa") == tone_key("hoà") == "hoa2"
    assert tone_key("Đắk  LẮK") == "d9a8k1 la8k1"
    assert tone_key("hoa") == "hoa"


@pytest.mark.parametrize(("a", "b"), [("Khỏe", "KHOẺ"), ("qúy", "quý"), ("của", "cuả"), ("gìa", "già")])
def test_misplaced_tones_are_the_same_word(a, b):
    assert same_word(a, b)


@pytest.mark.parametrize(("a", "b"), [("ma", "má"), ("đa", "da"), ("thu", "thư"), ("lý", "lí"), ("ăn", "ân")])
def test_other_letters_or_tones_are_other_words(a, b):
    assert not same_word(a, b)

from time import process_time

import pytest

from foundation.language.plain import clean_line, clean_lines
from foundation.language.vietnamese import nfc
from tests.budgets import PATIENCE, least_cpu
from tests.foundation.language.shared_cases import news_paragraphs

NONCHARACTERS = [
    "\ufdd0",
    "\ufdef",
    *(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF)),
]
CONTROLS = [
    chr(code)
    for code in (*range(32), *range(0x7F, 0xA0))
    if chr(code) not in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x85"
]
ZERO_WIDTH = list(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\ufffc\U000e0001"
)
EMOJI = [
    "👩‍🏫 Ngày Nhà giáo",
    "👩🏽‍🏫 👨‍👩‍👧 🙂‍↔️",
    "🏳️‍🌈 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇻🇳",
    "1️⃣ #️⃣ *️⃣",
    "❤️ ❤︎ ℹ️ ©️ ‼️",
]  # fmt: skip
NAMES = """
Y Wăn Byă; H’Hen Niê; H'Bia Ênuôl; Y Phu Êban; Y Êli Niê; Nay H’Nan; Ksor H’Nhin; Rơ Châm H'Pheo; Siu Black;
M’nông; Ê-đê; Gia Rai; Jrai; Y Ƀih Mlô; Kpă Y Čung; Hmok; Sùng A Páo; Lò Thị Êm; Bùi Thị Hà; Vừ A Dơ;
Trần Ích Tắc; Ông Ích Khiêm; Tô Hoài; Hoàng Công Khanh; Đinh Núp; A Sáng; Bàn Tài Đoàn; François Müller;
José Núñez; Thaï; São Paulo; Jürgen Großmann; Noël; El Niño; Café Hoà Bình; Ama Thuột; Krông Pắc; Cư M’gar
"""  # fmt: skip


@pytest.mark.parametrize("sign", [*CONTROLS, *NONCHARACTERS, *ZERO_WIDTH, "\ud800", "\udfff"])
def test_signs_that_nobody_sees_go(sign):
    assert clean_line(f"Hội{sign} nghị") == "Hội nghị"
    assert clean_lines(f"Hội{sign} nghị") == "Hội nghị"


@pytest.mark.parametrize("text", EMOJI)
def test_an_emoji_stays_whole(text):
    assert clean_line(text) == text


@pytest.mark.parametrize(
    "text", ["a\u200db", "học\u200d sinh", "\u200d👩", "👩\u200d", "a\ufe0f", "🏴\U000e0067"]
)
def test_a_joiner_outside_an_emoji_goes(text):
    assert clean_line(text) in ("ab", "học sinh", "👩", "a", "🏴")


def test_line_ends_stay_where_a_field_has_lines():
    assert clean_line("một\r\n hai\tba\u2028bốn") == "một hai ba bốn"
    assert clean_lines("một\r\nhai\tba\u2028bốn\x0bnăm") == "một\nhai\tba\nbốn\nnăm"


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x1c"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hoäi nghò toång keát", "Đắk Lắk"),
        ("Tr\u00adêng THPT Chu V¨n An", "Hoà Phú"),
        ("TrÇn Minh", "Lớp học"),
    ],
)
def test_line_ends_of_word_between_old_and_new_fonts_are_cleaned_once(sign, first, second):
    for text in (f"{first}{sign}{second}", f"{second}{sign}{first}{sign}"):
        once = clean_lines(text)
        assert clean_lines(once) == once == clean_lines(text.replace(sign, "\n"))
        assert second in once.split("\n") and first not in once


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Trư\u00adờng THPT Mẫu mở cửa", "Trường THPT Mẫu mở cửa"),
        ("Tr\u00adêng THPT Chu V¨n An", "Trường THPT Chu Văn An"),
        ("NguyÔn ThÞ H\u00adêng", "Nguyễn Thị Hường"),
        ("TrÇn Minh", "Trần Minh"),
        ("Hoäi nghò toång keát", "Hội nghị tổng kết"),
    ],
)
def test_a_soft_hyphen_is_a_letter_in_old_fonts_alone(typed, stored):
    assert clean_line(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u041dguyễn Thị Mẫu", "Nguyễn Thị Mẫu"),  # seen as H, said as N
        ("t\u1ead\u0440 huấn", "tập huấn"),
        ("G\u0456áo dục", "Giáo dục"),
        ("h\u043e\u0323c", "học"),  # a mark that Cyrillic letters cannot take
        ("\u0110\u04d1k L\u04d1k", "Đăk Lăk"),
        ("\u041d\u043e\u0430", "Hoa"),  # no Latin letter at all
        ("\u0422\u041dCS", "THCS"),
        ("lớp 12\u0410", "lớp 12A"),
        ("\u039dguyễn", "Nguyễn"),  # Greek
        ("Faceb\u043e\u043ek", "Facebook"),
        ("Y W\u04d1n By\u04d1", "Y Wăn Byă"),
    ],
)
def test_letters_of_other_scripts_become_latin(typed, stored):
    assert clean_line(typed) == stored


@pytest.mark.parametrize(
    "text",
    ["Москва", "газета «Правда»", "роса", "СССР", "хор и танец А", "hν", "Kα", "5 μm", "Δt = 3", "sinα",
     "β-caroten", "π ≈ 3,14", "Όμηρος"],
)  # fmt: skip
def test_russian_greek_and_mathematics_stay(text):
    assert clean_line(text) == text


def test_no_name_of_the_peoples_is_doubted():
    for name in NAMES.replace("\n", " ").split(";"):
        assert clean_line(name.strip()) == name.strip()


def test_news_is_not_changed():
    assert [text for text in news_paragraphs() if clean_line(text) != " ".join(nfc(text).splitlines())] == []


@pytest.mark.parametrize(
    "text",
    [
        "\x02" * 200_000,
        "👩\u200d" * 100_000,
        "а" * 200_000,
        "аb " * 60_000,
        "Së\u00ad" * 60_000,
        "\t \n" * 60_000,
    ],
)
def test_the_door_takes_every_text_in_good_time(text):
    assert least_cpu(lambda: clean_line(text), PATIENCE) < PATIENCE
    once = clean_line(text)
    assert clean_line(once) == once


@pytest.mark.parametrize("sign", [" ", "\u00a0", " \u00a0", "\t", "\n \n"])
def test_a_line_of_ten_thousand_spaces_is_read_in_one_pass(sign):
    began = process_time()
    for text in (sign * 50_000 + "a", "a" + sign * 50_000):
        clean_line(text)
    assert process_time() - began < 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("𝐓𝐢𝐧 𝐭𝐮̛́𝐜 𝟐𝟎/𝟏𝟏", "Tin tức 20/11"),
        ("ＴＨＰＴ　Ａｎ １２Ａ１", "THPT An 12A1"),
        ("ﬁnal ﬂow", "final flow"),
        ("20 m², ½, №, ①", "20 m², ½, №, ①"),
    ],
)
def test_dressed_letters_become_plain(typed, stored):
    assert clean_line(typed) == stored
    assert clean_line(stored) == stored

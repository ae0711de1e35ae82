from random import Random

import pytest

from foundation.language.legacy import Encoding, decode, detect, font_encoding, repair
from tests.foundation.language.shared_cases import cases, news_paragraphs

TONED = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
# What a typist of 1999 left in the file for each of them; written out again, not taken from the module.
IN_TCVN3 = "aµ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËeÌÎÏÐÑªÒÓÔÕÖi×ØÜÝÞoßáâãä«åæçèé¬êëìíîuïñòóô\u00adõö÷øùyúûüýþ®"
IN_VNI = (
    "a aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä e eø eû eõ eù eï eâ eà eå eã eá eä i ì æ ó í ò "
    "o oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï u uø uû uõ uù uï ö öø öû öõ öù öï y yø yû yõ yù î ñ"
).split()

TYPED = {
    # The capital fonts share the codes of the small letters, so TCVN3 tells no case of marked letters.
    Encoding.TCVN3: dict(zip(TONED, IN_TCVN3, strict=True)) | dict(zip(TONED.upper(), IN_TCVN3, strict=True)),
    Encoding.VNI: dict(zip(TONED, IN_VNI, strict=True))
    | dict(zip(TONED.upper(), map(str.upper, IN_VNI), strict=True)),
}
for _codes in TYPED.values():
    for _letter in "aeiouy":
        _codes |= {_letter: _letter, _letter.upper(): _letter.upper()}


def typed(text: str, encoding: Encoding) -> str:
    return "".join(TYPED[encoding].get(char, char) for char in text)


def in_unicode_only(text: str) -> bool:
    return any("\u1ea0" <= char <= "\u1ef9" or char in "đĐăĂơƠưƯĩĨũŨ" for char in text)


@pytest.mark.parametrize("case", cases("legacy_tcvn3", "legacy_vni"))
def test_legacy_as_agreed(case):
    got = repair(case["input"])
    assert got == case["expected"]
    found = detect(case["input"])
    assert found == (None if case["input"] == case["expected"] else case["area"].removeprefix("legacy_"))


@pytest.mark.parametrize("encoding", list(Encoding))
def test_every_letter_comes_back(encoding):
    assert decode(typed(TONED, encoding), encoding) == TONED


def test_vni_capitals_keep_their_case_under_either_mark():
    assert decode(typed(TONED.upper(), Encoding.VNI), Encoding.VNI) == TONED.upper()
    assert decode("Aâm nhaïc AÂM", Encoding.VNI) == "Âm nhạc ÂM"


def test_signs_of_ordinary_text_are_no_letters():
    assert decode("25°C, 30m², 5³", Encoding.TCVN3) == "25°C, 30m², 5³"


@pytest.mark.parametrize(
    "text",
    ["", "Plain words, 12/5.", "Thaï", "Noël", "Pelé và Müller", "São Paulo", "25°C, 30m², «ok» ½",
     "Où est la bibliothèque à côté du château où étaient les élèves ?",
     "El niño está aquí, mañana será otro día más", "Äpfel für die Mädchen, schöner als große Straße",
     "và hoà bình", "Trường THPT Chu Văn An và Café Ngô", "hoa\u0300 bi\u0300nh"],
)  # fmt: skip
def test_unicode_and_other_languages_are_left_alone(text):
    assert detect(text) is None
    assert repair(text) == text


def test_fonts_tell_their_encoding():
    assert font_encoding(".VnTime") is Encoding.TCVN3
    assert font_encoding("'VNI-Times'") is Encoding.VNI
    assert font_encoding("Times New Roman") is None


def test_a_font_decides_for_a_single_word_and_gives_capitals():
    assert repair("Líp") == "Líp"
    assert repair("Líp", font=".VnTime") == "Lớp"
    assert repair("céng hoµ x· héi", font=".VnTimeH") == "CỘNG HOÀ XÃ HỘI"


def test_a_font_left_over_on_unicode_text_does_no_harm():
    assert repair("Trường và lớp", font=".VnTimeH") == "Trường và lớp"
    assert repair("hoà bình và", font=".VnTime") == "hoà bình và"


def test_short_lines_follow_their_text():
    assert repair("Danh s¸ch häc sinh\r\nLíp\r\n§iÓm\r\n") == "Danh sách học sinh\r\nLớp\r\nĐiểm\r\n"


@pytest.mark.parametrize(
    ("mixed", "expected"),
    [
        (
            "Trường Chu Văn An và héi nghÞ tæng kÕt n¨m häc được tổ chức",
            "Trường Chu Văn An và hội nghị tổng kết năm học được tổ chức",
        ),
        ("Dự lễ: tæng kÕt n¨m häc", "Dự lễ: tổng kết năm học"),
        ("Hoäi nghò toång keát của Sở\n\nKết thúc", "Hội nghị tổng kết của Sở\n\nKết thúc"),
        ("naêm hoïc 2025 của Sở, n¨m häc tại Sở", "năm học 2025 của Sở, năm học tại Sở"),
    ],
)
def test_a_legacy_run_inside_unicode_text_is_decoded_alone(mixed, expected):
    assert repair(mixed) == expected


def test_another_language_inside_a_legacy_text_is_left_alone():
    assert (
        repair("Danh s¸ch häc sinh\nOù étaient les élèves ?") == "Danh sách học sinh\nOù étaient les élèves ?"
    )


def test_news_raises_no_false_alarm():
    assert [text for text in news_paragraphs() if detect(text) or repair(text) != text] == []


def test_short_runs_of_news_raise_no_false_alarm():
    chance = Random(2025)  # noqa: S311 - a fixed sample, no secret
    for paragraph in chance.sample(news_paragraphs(), 3000):
        words = paragraph.split()
        start = chance.randrange(len(words))
        run = " ".join(words[start : start + chance.randint(2, 7)])
        assert repair(run) == run


@pytest.mark.parametrize("encoding", list(Encoding))
def test_news_typed_in_an_old_font_is_found_and_read_back(encoding):
    paragraphs = [text for text in news_paragraphs()[::10] if in_unicode_only(text)]
    found = [text for text in paragraphs if detect(typed(text, encoding)) is encoding]
    assert len(found) / len(paragraphs) >= 0.99
    wrong = [text for text in found if repair(typed(text, encoding)).lower() != text.lower()]
    assert len(wrong) <= len(found) / 500


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("NguyÔn ThÞ Hoa vaø hoïc sinh tröôøng THPT", "Nguyễn Thị Hoa và học sinh trường THPT"),
        ("NguyÔn V¨n An - Traàn Thò Hoa", "Nguyễn Văn An - Trần Thị Hoa"),
        ("Trường hoïc NguyÔn", "Trường học Nguyễn"),
        ("Sôû Giaùo duïc, thÇy NguyÔn V¨n An", "Sở Giáo dục, thầy Nguyễn Văn An"),
    ],
)
def test_a_line_of_both_fonts_is_read_word_by_word(typed, read):
    assert repair(typed) == read
    assert repair(read) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("Traàn", "Trần"), ("Leâ", "Lê"), ("Höông", "Hương"), ("Huyønh", "Huỳnh"), ("Ñoã", "Đỗ")],
)
def test_one_word_is_read_when_no_language_writes_its_letters(typed, read):
    assert repair(typed) == read


@pytest.mark.parametrize(
    "name", ["Thaï", "Seán", "Zoë", "Noël", "João", "Guimarães", "Caïn", "Raúl", "Søren"]
)
def test_a_name_of_another_language_stays(name):
    assert repair(name) == name

"""Words typed for a Telex keyboard that was off."""

import pytest

from foundation.language.telex import undo_telex


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawks lawks", "đắk lắk"),
        ("truwowngf THPT", "trường THPT"),
        ("truowngf", "trường"),
        ("nguwowif thi coong", "người thi công"),
        ("hocj sinh gioir", "học sinh giỏi"),
        ("ngoaif", "ngoài"),
        ("hoas", "hóa"),
        ("quys", "quý"),
        ("dduwowcj", "được"),
        ("dakd", "đak"),
        ("giaos vieen", "giáo viên"),
        ("khai giang 3/9", "khai giang 3/9"),
        ("google", "google"),
        ("xyzzy", "xyzzy"),
        ("học sinh", "học sinh"),
        ("", ""),
    ],
)
def test_telex_is_undone_where_a_syllable_comes_of_it(typed, meant):
    assert undo_telex(typed) == meant

"""Headlines break between phrases, never inside a name, a compound or a counted thing."""

import pytest

from foundation.language.binding import NO_BREAK, bind


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        (
            "Đắk Lắk: chú trọng nâng cao công tác truyền thông ngành GD&ĐT",
            "Đắk_Lắk: chú_trọng nâng_cao công_tác truyền_thông ngành GD&ĐT",
        ),
        ("Gần 200 cộng tác viên học viết tin", "Gần_200_cộng_tác_viên học viết tin"),
        ("2 tập thể và 5 cá nhân", "2_tập_thể và 5_cá_nhân"),
        ("Ôn tập học kỳ I cho lớp 9 và lớp 12", "Ôn tập học_kỳ_I cho lớp_9 và lớp_12"),
        ("Trường Tiểu học Cư M’gar", "Trường Tiểu_học Cư_M’gar"),
        ("", ""),
    ],
)
def test_compounds_names_and_counts_hold_together(text, bound):
    assert bind(text).replace(NO_BREAK, "_") == bound


def test_only_spaces_change():
    text = "Năm học 2025–2026: 12 lớp tiếng Ê Đê ở huyện Krông Pắc <b>&"
    assert bind(text).replace(NO_BREAK, " ") == text

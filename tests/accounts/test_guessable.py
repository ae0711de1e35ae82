"""What somebody tries first is refused in words; a long sentence of one's own is welcome."""

import unicodedata

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

GUESSED = [
    "matkhau123456",
    "Mật khẩu 2026!!",
    "m4tkh4u@12345",
    "MatKhauMatKhau",
    "anhyeuem@1998",
    "iloveyou12345",
    "dakklak2026@#$",
    "GiaoducDakLak1",
    "giaoduc.daklak.2026",
    "truonghoc123456",
    "sogddt@daklak47",
    "toasoan@2026!!",
    "phongbientap2027",
    "qwertyuiop123",
    "asdfgh123456!",
    "1q2w3e4r5t6y7u",
    "aaaaaaaaaaaaa",
    "abcabcabcabcabc",
    "abcdefghijklmn",
    "0905 123 456 789",
    "05/09/1985 05/09",
    "buonmathuot2026",
]
OWN = ["nguyenthilan1985", "Lan.Nguyen.1985!", "lantruongdon2026", "THPT Chu Văn An 2026", "chuvanan@2026"]
WELCOME = [
    "ca-phe-sua-da-17",
    "con voi bước qua suối lúc mưa",
    "Sáng nay mẹ tưới vườn cải",
    "kdnr-7xpm-q3tw",
    "Lan thích bánh căn nóng",
    "mật khẩu của tôi là bánh xèo giòn",
    "v9#Kq2!xRw7z",
]


def refusals(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return [error.code for error in refused.error_list]
    return []


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_tried_first_is_refused(password):
    assert "password_guessable" in refusals(password)
    assert "password_guessable" in refusals(unicodedata.normalize("NFD", password))


@pytest.mark.parametrize("password", OWN)
def test_ones_own_name_and_school_are_refused_to_that_person(collaborator, password):
    collaborator.username = "lannt.truongdon"
    assert "password_guessable" in refusals(password, collaborator)


@pytest.mark.parametrize("password", WELCOME)
def test_a_sentence_of_ones_own_is_welcome(collaborator, password):
    for form in ("NFC", "NFD"):
        assert refusals(unicodedata.normalize(form, password), collaborator) == []


def test_a_short_one_is_refused_for_its_length():
    assert refusals("kv9#q2x!rwz") == ["password_too_short"]
    assert "Mật khẩu cần ít nhất 12 ký tự." in password_validators_help_texts()


@pytest.mark.parametrize("password", ["a" + "\u0300\u0316" * 20_000, "Sáng nay mẹ tưới vườn cải" * 12])
def test_one_longer_than_any_is_refused_for_that_alone(collaborator, password):
    assert refusals(password, collaborator) == ["password_too_long"]
    with pytest.raises(ValidationError, match="nhiều nhất 256 ký tự"):
        validate_password(password)


def test_the_refusal_says_what_to_do():
    with pytest.raises(ValidationError, match="một câu chỉ mình bạn nghĩ ra"):
        validate_password("matkhau123456")

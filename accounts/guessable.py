"""Refuse passwords that somebody who knows this country, this province or this person tries first."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError

from accounts.password_length import is_too_long
from foundation.language.vietnamese import fold

WORDS = Path(__file__).with_name("guessable_words.txt")
# Letters that must be left of a password when all that is easily guessed has been taken out.
ENOUGH = 5
_LOOKALIKES = str.maketrans("@4013!5$7", "aaoieisst")
_BETWEEN_LETTERS = re.compile(r"(?<=[a-z])[^a-z\s](?=[a-z])")
_REPEATED = re.compile(r"(.{1,6}?)\1+")
_LONGEST_RUN = "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"


class GuessablePasswordValidator:
    """For AUTH_PASSWORD_VALIDATORS: refuses what is only common words, names, years and keyboard runs.

    Such words may stand in a password; there must be something else too.
    """

    def validate(self, password: str, user: Any = None) -> None:
        if is_too_long(password):
            return  # refused for that (accounts.password_length)
        known = sorted({*common_words(), *_names_of(user)}, key=len, reverse=True)
        if min(_left(spelled, known) for spelled in _spellings(password)) < ENOUGH:
            raise ValidationError(
                "Mật khẩu này dễ đoán: chỉ gồm từ hay gặp, tên người, tên đơn vị, số hay các phím liền nhau. "
                "Hãy ghép thêm vài từ không liên quan, ví dụ một câu chỉ mình bạn nghĩ ra.",
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return (
            "Một câu dài, có dấu cách và dấu tiếng Việt đều được. Đừng dùng “mật khẩu”, tên mình, "
            "tên trường, năm sinh hay các phím liền nhau."
        )


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return the shipped words, folded, and the names in the site's own address."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    host = urlsplit(settings.SITE_URL).hostname or ""
    named = [part for part in host.split(".") if part.isalpha() and len(part) > 3]
    return frozenset(filter(None, map(_squeeze, [line for line in lines if line[:1] != "#"] + named)))


def _squeeze(text: str) -> str:
    return re.sub(r"[^a-z]", "", fold(text))


def _spellings(password: str) -> list[str]:
    """Return the letters of the password as they are typed, and with digits read as letters (m4tkh4u)."""
    folded = fold(unicodedata.normalize("NFC", password))
    read = _BETWEEN_LETTERS.sub(lambda sign: sign[0].translate(_LOOKALIKES), folded)
    return [_squeeze(folded), _squeeze(read)]


def _left(letters: str, known: list[str]) -> int:
    """Return how many letters are left without known words, repetitions and runs of the keyboard."""
    for word in known:
        letters = letters.replace(word, " ")
    letters = _REPEATED.sub(r"\1", letters)
    for row in _LONGEST_RUN:
        for line in (row, row[::-1]):
            for start in range(len(line) - 3):
                letters = letters.replace(line[start : start + 4], " ")
    return len(letters.replace(" ", ""))


def _names_of(user: Any) -> set[str]:
    """Return what the person and their units are called: whole names, their ends, and first letters."""
    if user is None:
        return set()
    names = [user.full_name, user.username, user.email.partition("@")[0]]
    try:
        held = user.person.positions.select_related("department") if user.pk else ()
        names += [position.department.name for position in held]
    except ObjectDoesNotExist:
        pass  # not in the directory
    found = set()
    for name in names:
        words = re.findall(r"[a-z]+", fold(name))
        found |= {"".join(words[start:]) for start in range(len(words))}
        found |= {"".join(words[:end]) for end in range(2, len(words))}
        found.add("".join(word[0] for word in words))
    return {name for name in found if len(name) > 1}

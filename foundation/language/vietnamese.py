"""Clean, fold, sort and compare Vietnamese text, and make addresses from it.

Every function accepts any `str`, composed or decomposed, and none raises on content. Keys (`slug`,
`sort_key`, `name_sort_key`, `tone_key`) are plain ASCII. Text for display only goes through `nfc`.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from foundation.language.signs import without_hidden

SLUG_LIMIT = 80

GRAVE, ACUTE, CIRCUMFLEX, TILDE = "\u0300", "\u0301", "\u0302", "\u0303"
BREVE, HOOK, HORN, DOT_BELOW = "\u0306", "\u0309", "\u031b", "\u0323"
TONES = (GRAVE, HOOK, TILDE, ACUTE, DOT_BELOW)  # in dictionary order; no mark comes before all of them
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

# Letters that Unicode does not decompose although readers type them without the stroke. ƀ is Ê Đê.
_STROKED = {"đ": "d", "ð": "d", "ɖ": "d", "ƀ": "b", "ø": "o", "ł": "l", "ı": "i"}
_STROKED |= {"æ": "ae", "œ": "oe", "ß": "ss"}
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_NOT_SLUG = re.compile("[^a-z0-9]+")
_LETTERS = re.compile(r"[^\W\d_]+")


class _CharTable(dict[int, str]):
    """A `str.translate` table that computes the entry of a character on first use."""

    # Vietnamese needs about 250 entries; the limit keeps a hostile text from filling memory.
    LIMIT = 4096

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        value = self._rule(chr(code))
        if len(self) < self.LIMIT:
            self[code] = value
        return value


# --- cleaning ---------------------------------------------------------------------------------------

_LATE_HAT = re.compile(f"([AEOaeo])([{GRAVE}{ACUTE}{TILDE}{HOOK}])([{CIRCUMFLEX}{BREVE}])")
_ETH_REPAIR = str.maketrans("ÐðƉɖ", "ĐđĐđ")


def nfc(text: str) -> str:
    """Return the text as it is stored: composed (NFC), without signs that nobody sees, with the real Đ.

    Marks typed in the wrong order (tone before hat) are corrected. The look-alikes Ð ð Ɖ ɖ become Đ đ where
    the word can be Vietnamese: at its beginning, or in an abbreviation without vowels (QÐ, GDÐT); "Guðrún"
    stays. Text that somebody typed goes through `foundation.language.plain`: there old fonts are read first,
    in which a soft hyphen is a letter.
    """
    text = without_hidden(text)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if CIRCUMFLEX in text or BREVE in text:
        decomposed = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", _LATE_HAT.sub(r"\1\3\2", decomposed))
    if any(eth in text for eth in "ÐðƉɖ"):
        text = _LETTERS.sub(_repair_eth, text)
    return text


def _repair_eth(match: re.Match[str]) -> str:
    word = match[0]
    if not any(eth in word for eth in "ÐðƉɖ"):
        return word
    # Icelandic never begins a word with ð; in Vietnamese Đ occurs elsewhere only in abbreviations.
    if word[0] in "ÐðƉɖ" or not set(fold(word)) & set("aeiouy"):
        return word.translate(_ETH_REPAIR)
    return word


# --- folding and addresses --------------------------------------------------------------------------


def _fold_char(char: str) -> str:
    if not without_hidden(char):
        return ""
    parts = unicodedata.normalize("NFD", char.lower())
    return "".join(_STROKED.get(c, c) for c in parts if not unicodedata.combining(c))


_FOLDED = _CharTable(_fold_char)


def fold(text: str) -> str:
    """Return the text in lower case without marks, đ as d, white space collapsed and trimmed.

    Punctuation and digits stay; the caller separates words. For comparing and searching, never for display.
    """
    return " ".join(text.translate(_FOLDED).split())


def slug(text: str, limit: int = SLUG_LIMIT) -> str:
    """Return lower-case ASCII words joined by hyphens, at most `limit` characters, cut at a word.

    Apostrophes are removed ("M'gar" is one word); every other sign separates words. Returns "" when no letter
    or digit is left; the caller then uses the id alone.
    """
    words = _NOT_SLUG.sub("-", _APOSTROPHES.sub("", fold(text))).strip("-")
    if len(words) <= limit:
        return words
    head, _, _ = words[: limit + 1].rpartition("-")
    return head or words[:limit]


# --- sorting ----------------------------------------------------------------------------------------

# The key has only digits and lower-case letters, so SQLite's BINARY, PostgreSQL's C and even a language
# collation sort it alike. "0" ends a part, "1" is a space, "2x" punctuation or a digit; "3" to "z" are the
# 33 letters, and "z1…" whatever comes after the letter z.
_SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyz"
_END, _SPACE = "0", "1"
_LETTER_CODE = dict(zip(ALPHABET, _SYMBOLS[3:], strict=True)) | {"z": "z0"}
# Groups in the order of CLDR root; the members of one group are equal (all dashes sort alike).
_PUNCTUATION = (
    "_", "-‐‑–—", ",", ";", ":", "!", "?", ".…", "'’‘ʼ`´", '"“”„«»', "(", ")", "[]{}", "@", "*",
    "/\\", "&", "#", "%‰", "†‡•", "+±", "<=>", "|~^", "$€£¥₫",
)  # fmt: skip
_SIGN_CODE = {sign: "2" + _SYMBOLS[i] for i, group in enumerate(_PUNCTUATION) for sign in group}
_DIGIT_CODE = {str(digit): "2" + _SYMBOLS[26 + digit] for digit in range(10)}
_OTHER_SIGN = "2p"
_MARK_CODE = dict(zip(TONES, "23456", strict=True)) | {BREVE: "7", CIRCUMFLEX: "8", HORN: "9"}
_PLAIN, _OTHER_MARK = "1", "a"


def _letters_and_marks(char: str) -> list[tuple[str, str]]:
    """Split a character into pairs (letter of the alphabet or other base, its further marks)."""
    parts: list[tuple[str, str]] = []
    for c in unicodedata.normalize("NFD", char.lower()):
        if not unicodedata.combining(c):
            parts += [(base, "") for base in (c if c == "đ" else _STROKED.get(c, c))]
        elif parts and (hatted := unicodedata.normalize("NFC", parts[-1][0] + c)) in ALPHABET:
            parts[-1] = (hatted, parts[-1][1])
        else:
            base, marks = parts.pop() if parts else ("", "")
            parts.append((base, marks + c))
    return parts


def _base_code(base: str) -> str:
    known = _LETTER_CODE.get(base) or _DIGIT_CODE.get(base) or _SIGN_CODE.get(base)
    if known or not base:
        return known or ""
    if base.isspace():
        return _SPACE
    return f"z1{ord(base):06x}" if base.isalpha() else _OTHER_SIGN


def _letter_weight(char: str) -> str:
    return "".join(_base_code(base) for base, _ in _letters_and_marks(char))


def _mark_weight(char: str) -> str:
    weights = ""
    for base, marks in _letters_and_marks(char):
        weights += _PLAIN if base else ""
        weights += "".join(_MARK_CODE.get(mark, _OTHER_MARK) for mark in marks)
    return weights


_LETTER_WEIGHTS, _MARK_WEIGHTS = _CharTable(_letter_weight), _CharTable(_mark_weight)


def sort_key(text: str) -> str:
    """Return an ASCII key whose byte order is the Vietnamese order of the text.

    Rule of CLDR `vi`: the letters a ă â b c d đ e ê … of the whole text decide first, then its tones (ngang,
    huyền, hỏi, ngã, sắc, nặng). Spaces come before punctuation, digits, letters. Upper and lower case are
    equal, so a query needs a tie-breaker after this key. The key can be a few times as long as the text: its
    column needs room.
    """
    clean = " ".join(nfc(text).split())
    return clean.translate(_LETTER_WEIGHTS) + _END + clean.translate(_MARK_WEIGHTS).rstrip(_PLAIN)


# --- persons ----------------------------------------------------------------------------------------


class NameParts(NamedTuple):
    """The parts of a person's name; empty strings for missing parts."""

    given: str
    family: str
    middle: str


_EDE_PREFIX = re.compile(r"(?:(?:Y|H)\s+|H['’‘ʼ]\s*)(?=\w)", re.IGNORECASE)


def name_parts(full_name: str) -> NameParts:
    """Split a name, titles already removed: family name first, given name last, the rest is middle.

    In names that begin with the Ê Đê Y (men) or H' (women) the given name is next and the family name after
    it: "Y Phu Êban", "H'Lan Byă". Other peoples differ; a person's key can therefore be edited, and this rule
    only fills it in at first.
    """
    name = " ".join(nfc(full_name).split())
    if (prefix := _EDE_PREFIX.match(name)) and " " in name[prefix.end() :]:
        given, _, family = name[prefix.end() :].partition(" ")
        return NameParts(given, family, "")
    words = name.split(" ")
    if len(words) == 1:
        return NameParts(name, "", "")
    return NameParts(words[-1], words[0], " ".join(words[1:-1]))


def name_sort_key(full_name: str) -> str:
    """Return an ASCII key that sorts people by given name, then family name, then middle names."""
    return _END.join(sort_key(part) for part in name_parts(full_name))


def initials(name: str) -> str:
    """Return "N.T.L." for "Nguyễn Thị Lan"; letters keep their own marks (Đ, Ô) and lose their tones."""
    return "".join(f"{_without_tone(word[0]).upper()}." for word in nfc(name).split())


def _without_tone(char: str) -> str:
    marks = unicodedata.normalize("NFD", char)
    return unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))


# --- tone placement ---------------------------------------------------------------------------------

# The digits of the VNI way of typing, which Vietnamese readers of a log can read aloud.
_TONE_DIGIT = {ACUTE: "1", GRAVE: "2", HOOK: "3", TILDE: "4", DOT_BELOW: "5"}
_QUALITY_DIGIT = {CIRCUMFLEX: "6", HORN: "7", BREVE: "8"}


def _toneless_spelling(char: str) -> str:
    spelling = ""
    for c in unicodedata.normalize("NFD", char.lower()):
        if c == "đ":
            spelling += "d9"
        elif unicodedata.combining(c):
            spelling += "" if c in _TONE_DIGIT else _QUALITY_DIGIT.get(c, "0")
        else:
            spelling += _STROKED.get(c, c)
    return spelling


def _tone_digits(char: str) -> str:
    return "".join(_TONE_DIGIT.get(c, "") for c in unicodedata.normalize("NFD", char))


_TONELESS, _TONE = _CharTable(_toneless_spelling), _CharTable(_tone_digits)


def tone_key(word: str) -> str:
    """Return the word in lower-case ASCII with its tone as a digit at the end: hòa and hoà are "hoa2".

    Old, new and misplaced tone marks give the same key; other tones, vowels, or y instead of i give another
    ("d9a8k1" is đắk). A phrase is converted word by word and its white space collapsed.
    """
    return " ".join(_LETTERS.sub(_tone_last, nfc(word)).split())


def _tone_last(match: re.Match[str]) -> str:
    return match[0].translate(_TONELESS) + match[0].translate(_TONE)


def same_word(a: str, b: str) -> bool:
    """Return whether two words or phrases differ only in case, normal form and tone placement."""
    return tone_key(a) == tone_key(b)

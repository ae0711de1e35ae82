"""Read words that were typed for a Telex keyboard while it was off: “ddawks lawks” is “đắk lắk”."""

import re
import unicodedata

from foundation.language.syllables import is_known_word, is_syllable
from foundation.language.vietnamese import ACUTE, DOT_BELOW, GRAVE, HOOK, TILDE

_TONES = {"s": ACUTE, "f": GRAVE, "r": HOOK, "x": TILDE, "j": DOT_BELOW}
_LETTERS = (("uow", "ươ"), ("uwow", "ươ"), ("uwo", "ươ"), ("dd", "đ"), ("aa", "â"), ("aw", "ă"), ("ee", "ê"),
            ("oo", "ô"), ("ow", "ơ"), ("uw", "ư"))  # fmt: skip
_LATE = re.compile("^d([a-z]*)d([sfrxj]?)$")  # the stroke typed last: “dakd”
_LATE_HAT = re.compile("([aeo])([a-z]*?)\\1")
_VOWELS = "aăâeêioôơuưy"
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def undo_telex(text: str) -> str:
    """Return the text with each word read as Telex that is no word as it stands but is one then.

    “oo” is always read as ô: coong is hardly ever meant.
    """
    return _WORD.sub(lambda hit: _read(hit[0]), text)


def _read(word: str) -> str:
    if (is_syllable(word) and "oo" not in word.lower()) or not word.isascii():
        return word
    typed = word.lower()
    return next((read for read in map(_compose, _ways(typed)) if read and is_known_word(read)), word)


def _ways(typed: str) -> list[str]:
    """Return the word, and the word with marks that were typed at its end moved to their letter."""
    late = _LATE.sub(r"dd\1\2", typed)
    hat = _LATE_HAT.sub(r"\1\1\2", typed, count=1)
    hook = re.sub("^([a-z]*?)(uo|[aou])([a-z]+)w([sfrxj]?)$", r"\1\2w\3\4", typed)
    return list(dict.fromkeys([typed, late, hat, hook, _LATE_HAT.sub(r"\1\1\2", late, count=1)]))


def _compose(typed: str) -> str:
    """Return the syllable of Telex letters with one tone key; "" without a vowel."""
    for keys, letter in _LETTERS:
        typed = typed.replace(keys, letter)
    onset = re.match("[^" + _VOWELS + "]*", typed)
    body = typed[onset.end() :] if onset else typed
    tones = [key for key in body if key in _TONES]
    if len(tones) > 1:
        return ""
    if tones:
        body = body.replace(tones[0], "", 1)
    return _with_tone((onset[0] if onset else "") + body, _TONES[tones[0]] if tones else "")


def _with_tone(word: str, tone: str) -> str:
    """Put the tone on the vowel that bears it, in the old style; letters with a mark of their own first."""
    start = 2 if word.startswith(("qu", "gi")) and any(char in _VOWELS for char in word[2:]) else 0
    at = [n for n, char in enumerate(word) if char in _VOWELS and n >= start]
    if not at or not tone:
        return word if at else ""
    marked = [n for n in at if word[n] in "ăâêôơư"]
    closed = at[-1] < len(word) - 1
    if marked:
        place = marked[-1]
    elif len(at) == 1 or (len(at) == 2 and not closed):
        place = at[0]
    else:
        place = at[1]
    return unicodedata.normalize("NFC", word[: place + 1] + tone + word[place + 1 :])

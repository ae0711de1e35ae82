"""Signs that nobody sees: which of them text may keep, and what the others become.

Controls, lone surrogates, noncharacters, zero-width signs, soft hyphens and marks of writing direction make
two equal words different and some of them make an XML document unreadable. Only what an emoji is made of
stays: joiners, variation selectors and tags, each where an emoji needs it. Of marks piled on one letter the
first ones stay: putting thousands of them in order (NFC, NFD) takes their number squared.
"""

import re
import unicodedata

_NONCHARACTERS = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
# Tab, line feed and carriage return are not among them: whether they may stay is a question of the field.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    f"\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff{_NONCHARACTERS}]"
)
# No XML or HTML document may contain these (XML 1.0, 2.2; HTML, 13.2.3.5).
UNWRITABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")
# What word processors write for a new line.
LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSETTLED = re.compile(f"{LINE_ENDS.pattern[:-1]}{UNWRITABLE.pattern[1:]}")
_JOINER, _TEXT_STYLE, _EMOJI_STYLE, _KEYCAP, _FLAG = "\u200d", "\ufe0e", "\ufe0f", "\u20e3", "\U0001f3f4"
# A letter of any language has fewer (Unicode, annex 15, “stream-safe text”).
_MOST_MARKS = 30
_PERHAPS_PILED = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS // 2},}}")  # a sign may be two marks in one
_FLAG_TAGS = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_TAG_FIRST, _TAG_LAST = 0xE0020, 0xE007F


def without_hidden(text: str) -> str:
    r"""Returns the text without signs that nobody sees; the line ends of word processors become "\n"."""
    if not _HIDDEN.search(text):
        return without_piled_marks(text)
    flags = {at for found in _FLAG_TAGS.finditer(text) for at in range(*found.span())}
    return without_piled_marks(_HIDDEN.sub(lambda found: _kept(found, flags), text))


def without_unwritable(text: str) -> str:
    r"""Returns the text as a document can contain it; the line ends of word processors become "\n"."""
    written = _UNSETTLED.sub(lambda found: "\n" if LINE_ENDS.match(found[0]) else "", text)
    return without_piled_marks(written)


def without_piled_marks(text: str) -> str:
    """Returns the text with at most 30 combining marks in a row, so that composing it is quick."""
    return text if text.isascii() else _PERHAPS_PILED.sub(_first_marks, text)


def _first_marks(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for sign in found[0]:
        marks = marks + len(unicodedata.normalize("NFD", sign)) if unicodedata.combining(sign) else 0
        if marks <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def _kept(found: re.Match[str], flags: set[int]) -> str:
    """Returns what a hidden sign becomes: itself inside an emoji, a line end, or nothing."""
    sign, text, at = found[0], found.string, found.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if sign == _JOINER:
        joins = _is_picture(before) or before in (_EMOJI_STYLE, _KEYCAP, "\U000e007f")
        return sign if before and joins and _is_picture(after) else ""
    if sign in (_TEXT_STYLE, _EMOJI_STYLE):
        in_keycap = before != "" and before in "0123456789#*" and after == _KEYCAP
        return sign if in_keycap or _is_picture(before) else ""
    if _TAG_FIRST <= ord(sign) <= _TAG_LAST:
        return sign if at in flags else ""
    return "\n" if LINE_ENDS.match(sign) else ""


def _is_picture(char: str) -> bool:
    """Whether a character can be drawn as an emoji; also those that this Python does not know yet."""
    if not char or char.isascii():
        return False
    if 0x1F000 <= ord(char) <= 0x1FAFF or char in "ℹ‼⁉〰〽":
        return True
    return unicodedata.category(char) in ("So", "Sm", "Sk")

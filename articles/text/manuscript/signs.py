"""Characters that stand for something else in pasted text: bullets, symbol fonts, raised figures."""

import re

# What word processors, chats and phones draw before a line. A plain hyphen is none: it may be speech.
# The private characters are what the Symbol and Wingdings fonts leave behind in Unicode text.
BULLET = re.compile(r"(?:[•·∙●▪■□◦○►➢❖❑‣⁃]|[\uf0a7\uf0a8\uf0b7\uf0d8\uf076\uf071\uf0fc])[ \t\u00a0]*")

# Soft hyphens, byte order marks, zero-width and direction marks. Joiners stay: emoji are built with them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc]")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c\x1c-\x1e]")

_SYMBOLS = {
    "wingdings": dict(zip("àáâßèØ§vqüþ¨lnoJ", "→↑↓←➔➢▪❖❑✓☑☐●■□☺", strict=True)),
    "symbol": {"·": "•", "®": "→", "¬": "←", "\uf0b7": "•", "\uf0ae": "→"},
}
_RAISED = {
    "sup": str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"),
}
_RAISED_ALL = {"sup": re.compile(r"[0-9+\-()n]+"), "sub": re.compile(r"[0-9+\-()]+")}


def seen(text: str, font: str = "", raised: str = "") -> str:
    """What a reader sees: arrows and ticks of symbol fonts, the figures of m² and H₂O."""
    table = _SYMBOLS.get(font.lower())
    if table and len(text.strip()) <= 2:
        text = "".join(table.get(char, table.get(_latin(char), char)) for char in text)
    if raised and _RAISED_ALL[raised].fullmatch(text.strip()):
        text = text.translate(_RAISED[raised])
    return text


def _latin(char: str) -> str:
    """Symbol fonts keep their letters at U+F000: U+F0E0 is drawn as à is."""
    return chr(ord(char) - 0xF000) if 0xF000 <= ord(char) <= 0xF0FF else char


def plain_line_ends(text: str) -> str:
    return _LINE_ENDS.sub("\n", text)


def without_invisible(text: str) -> str:
    """Ask only after decoding: TCVN3 writes ư as a soft hyphen."""
    return _INVISIBLE.sub("", text)

"""Characters that mean something else in pasted text: bullets, symbol fonts."""

import re

from foundation.language.signs import LINE_ENDS

# What word processors, chats and phones put before a line. A hyphen does not count: it may mark speech.
# The private-use characters come from the Symbol and Wingdings fonts.
BULLET = re.compile(r"(?:[•·∙●▪■□◦○►➢❖❑‣⁃]|[\uf0a7\uf0a8\uf0b7\uf0d8\uf076\uf071\uf0fc])[ \t\u00a0]*")

_RETURN = re.compile("\r\n?")

_SYMBOLS = {
    "wingdings": dict(zip("àáâßèØ§vqüþ¨lnoJ", "→↑↓←➔➢▪❖❑✓☑☐●■□☺", strict=True)),
    "symbol": {"·": "•", "®": "→", "¬": "←", "\uf0b7": "•", "\uf0ae": "→"},
}


def seen(text: str, font: str = "") -> str:
    """Returns the text as a reader sees it: arrows and ticks of symbol fonts."""
    table = _SYMBOLS.get(font.lower())
    if table and len(text.strip()) <= 2:
        text = "".join(table.get(char, table.get(_latin(char), char)) for char in text)
    return text


def _latin(char: str) -> str:
    """Symbol fonts place their letters at U+F000: U+F0E0 is drawn as à."""
    return chr(ord(char) - 0xF000) if 0xF000 <= ord(char) <= 0xF0FF else char


def plain_line_ends(text: str) -> str:
    r"""Returns the text with every kind of line end as "\n"."""
    return LINE_ENDS.sub("\n", _RETURN.sub("\n", text))

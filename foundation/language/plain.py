"""The one door for plain text that somebody typed, pasted or imported.

Order matters. Line ends of word processors become line feeds first: an old font is recognised line by line.
Old fonts follow, because TCVN3 writes ư as a soft hyphen; then dressed letters become plain, signs that
nobody sees go, the text becomes NFC, and letters of other scripts inside a Vietnamese word become Latin. Each
step looks once for what it repairs, so clean text costs a few searches. Cleaning twice changes nothing.

`foundation.language.fields` calls it for every column that a person can write; what is typed and not stored
(search words, a preview, a sheet's cells) calls it itself. Markup has its own door, `articles.text.body`,
which uses the same steps between the tags.
"""

import re

from foundation.language.legacy import repair
from foundation.language.lookalikes import plain_letters, repair_lookalikes
from foundation.language.signs import LINE_ENDS
from foundation.language.vietnamese import nfc

# Begins only where a run of spaces begins: the search stays linear.
_BREAK = re.compile("(?<![ \u00a0])[ \u00a0]*+[\t\n\r][\\s\u00a0]*")
_RETURN = re.compile("\r\n?")


def clean_lines(text: str) -> str:
    r"""Returns the text of a field with several lines: line ends are "\n", tabs stay."""
    if "\r" in text:
        text = _RETURN.sub("\n", text)
    return clean_words(text)


def clean_line(text: str) -> str:
    """Returns the text of a field with one line: a line end or tab becomes a space."""
    return _BREAK.sub(" ", clean_words(text))


def clean_words(text: str) -> str:
    """Returns the text with its words repaired and without hidden signs; line ends and tabs stay."""
    return repair_lookalikes(nfc(plain_letters(repair(LINE_ENDS.sub("\n", text)))))

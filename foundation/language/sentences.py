"""Where one Vietnamese sentence ends and the next begins."""

import re

_END = re.compile(r"(?<=[.!?…])[”\"’]?\s+(?=[^\Wa-zđ])|\n+")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, in order; a line end always ends one.

    The closing quotation mark at the end of a sentence is left out.
    """
    return [words for words in _END.split(text) if words.strip()]


def spans(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of a text, closing quotation marks included."""
    found, start = [], 0
    for end in _END.finditer(text):
        until = end.end() - len(end[0]) + len(end[0].rstrip())
        found.append((start, until))
        start = end.end()
    return [(a, b) for a, b in [*found, (start, len(text))] if text[a:b].strip()]

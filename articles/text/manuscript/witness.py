"""Names the words of a source that are missing in what was made of it.

A reader of the source counts it in a way that shares no code with its conversion, so that a form of text that
nobody thought of is told instead of lost in silence.
"""

import re
from collections import Counter
from collections.abc import Iterable
from unicodedata import normalize

from articles.text.manuscript.unseen import shorten
from foundation.language.signs import without_piled_marks

_LONGEST_DIVIDED = 40  # letters
_MOST_TOLD = 5
_TOKEN = re.compile(r"\w+")


def lost_words(paragraphs: Iterable[str], said: str) -> list[str]:
    """Returns, for each paragraph with words missing in `said`, these words and where they stood."""
    tokens = _tokens(said)
    arrived, letters = Counter(tokens), "".join(tokens)
    lost: list[str] = []
    for paragraph in paragraphs:
        found = _tokens(paragraph)
        missing = [token for token in found if not _take(token, arrived)]
        if missing and "".join(found) not in letters:
            lost.append(_named(paragraph, missing))
    return lost


def notes_of_lost(lost: list[str], source: str) -> list[str]:
    """Returns one sentence that names the first lost words and says how many more there are; [] for none."""
    if not lost:
        return []
    more = f"; và {len(lost) - _MOST_TOLD} chỗ nữa" if len(lost) > _MOST_TOLD else ""
    named = "; ".join(lost[:_MOST_TOLD]) + more
    return [f"Có chữ trong {source} không thấy trong bài, xin xem lại và tự thêm: {named}."]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(normalize("NFKC", without_piled_marks(text)).casefold())


def _take(token: str, arrived: Counter[str]) -> bool:
    """Whether the word arrived: whole, or in parts because something divided it. It is then used up."""
    parts = [token] if arrived[token] > 0 else _parts_of(token, arrived)
    for part in parts:
        arrived[part] -= 1
    return bool(parts)


def _parts_of(token: str, arrived: Counter[str]) -> list[str]:
    """Returns words that arrived and together are this one; [] without such, or for an endless word."""
    length = len(token)
    if length > _LONGEST_DIVIDED:
        return []
    ways: list[list[str] | None] = [[], *[None] * length]
    for end in range(1, length + 1):
        for start in range(end):
            before, part = ways[start], token[start:end]
            if before is not None and part in arrived and arrived[part] > before.count(part):
                ways[end] = [*before, part]
                break
    return ways[length] or []


def _named(paragraph: str, missing: list[str]) -> str:
    words = paragraph.split()
    if len(missing) >= len(words) / 2:
        return f"“{shorten(' '.join(words))}”"
    where = paragraph.casefold().find(missing[0])
    before = " ".join(paragraph[:where].split()[-6:]) if where > 0 else ""
    return f"“{shorten(' '.join(missing))}”{f' (sau chữ “…{before}”)' if before else ''}"

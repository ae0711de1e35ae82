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
    """Whether the word arrived: whole, or in two parts because a mark divided it. It is then used up."""
    if arrived[token] > 0:
        arrived[token] -= 1
        return True
    for place in range(1, min(len(token), 40)):
        first, second = token[:place], token[place:]
        if arrived[first] > 0 and arrived[second] > 0:
            arrived[first] -= 1
            arrived[second] -= 1
            return True
    return False


def _named(paragraph: str, missing: list[str]) -> str:
    words = paragraph.split()
    if len(missing) >= len(words) / 2:
        return f"“{shorten(' '.join(words))}”"
    where = paragraph.casefold().find(missing[0])
    before = " ".join(paragraph[:where].split()[-6:]) if where > 0 else ""
    return f"“{shorten(' '.join(missing))}”{f' (sau chữ “…{before}”)' if before else ''}"

"""Fold texts and queries for search, and rank the results.

A text is stored twice: `search_text` (folded, with synonyms) decides what is found, `accented_text` decides
the order. Both are ASCII words separated by single spaces, so SQLite and PostgreSQL index them alike. A text
matches when every one of the query's `search_words` is a whole word of its `search_text`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from foundation.language.vietnamese import fold, nfc, tone_key

# Each line lists the names of one thing, folded; a text with one of them is found by all of them.
# Reviewed by hand: a name that is also an ordinary word must not be listed.
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("dak lak", "dac lac", "daklak", "dak lac", "dac lak", "darlac"),
    ("dak nong", "dac nong", "daknong"),
    ("buon ma thuot", "ban me thuot", "buon me thuot", "bmt"),
    ("krong pac", "krong pak", "krong pach"),
    ("gd dt", "gddt", "giao duc va dao tao", "giao duc dao tao"),
    ("sgddt", "sgd dt", "so gd dt", "so gddt", "so giao duc va dao tao"),
    ("bgddt", "bgd dt", "bo gd dt", "bo gddt", "bo giao duc va dao tao"),
    ("thpt", "trung hoc pho thong"),
    ("thcs", "trung hoc co so"),
    ("ptdtnt", "pho thong dan toc noi tru", "dan toc noi tru"),
    ("gdnn", "giao duc nghe nghiep"),
    ("gdtx", "giao duc thuong xuyen"),
    ("hsg", "hoc sinh gioi"),
    ("ubnd", "uy ban nhan dan"),
)

_WORD = re.compile(r"[^\W_]+")
# Latin letters and common signs: folding a text of these does not move word boundaries.
_PLAIN_LATIN = re.compile("[\u0000-\u0026\u0028-\u024f\u1e00-\u1eff\u2010-\u2017\u201a-\u2027\u2030]*")
_APOSTROPHES = "'’‘ʼ"
_INNER_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘ʼ](?=[^\W\d_])")
_APOSTROPHE_NAME = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:['’‘ʼ][^\W\d_]+)+")
# Địa lý and Địa lí are two spellings of one word: both are stored and searched with i.
_Y_AS_I = {onset + "y": onset + "i" for onset in ("h", "k", "l", "m", "s", "t", "qu")}


def search_text(text: str) -> str:
    """Return the folded words of a text in order, followed by other names of the things it mentions.

    Every sign separates words ("GD&ĐT" is gd dt), but a name with an apostrophe is found whole and in pieces
    ("M'gar" is mgar, and m gar at the end). Empty when the text has no letter or digit.
    """
    return " ".join(_found_words(nfc(text)))


def both_sequences(text: str) -> tuple[list[str], list[str]]:
    """Return the words of `search_text` and of `accented_sequence`, in half the time of two calls."""
    text = nfc(text)
    if not _PLAIN_LATIN.fullmatch(text):
        return _found_words(text), _accented_words(text)
    words = _WORD.findall(text)
    return _with_other_names([_folded_word(word) for word in words]), [_accented_word(word) for word in words]


def _found_words(text: str) -> list[str]:
    """Return the words of a composed text; word by word where possible, as most words are in the cache."""
    if _PLAIN_LATIN.fullmatch(text):
        return _with_other_names([_folded_word(word) for word in _WORD.findall(text)])
    folded = fold(text)
    names = _APOSTROPHE_NAME.findall(folded) if _has_apostrophe(folded) else ()
    return _with_other_names(_words(folded), [piece for name in names for piece in _WORD.findall(name)])


def _with_other_names(words: list[str], pieces: Iterable[str] = ()) -> list[str]:
    return [*words, *pieces, *(word for name in other_names(words) for word in name)]


def search_words(query: str) -> list[str]:
    """Return the folded words of a query without repeats; a text must contain all of them."""
    return list(dict.fromkeys(_words(fold(query))))


def word_sequence(text: str) -> list[str]:
    """Return the folded words of a text in order, with repeats, without other names."""
    return _words(fold(text))


def accented_sequence(text: str) -> list[str]:
    """Return the words of a text as tone keys, in order."""
    return _accented_words(nfc(text))


def accented_text(text: str) -> str:
    """Return the words of a text as tone keys; stored so that exact accents rank first."""
    return " ".join(_accented_words(nfc(text)))


def accented_words(query: str) -> list[str]:
    """Return the words of a query as tone keys without repeats; a text with more of them ranks higher."""
    return list(dict.fromkeys(_accented_words(nfc(query))))


def matches(query: str, text: str) -> bool:
    """Return whether the text contains every word of the query, ignoring accents; False if it has none."""
    wanted = search_words(query)
    return bool(wanted) and set(wanted) <= set(search_text(text).split())


def rank(query: str, texts: Iterable[str]) -> list[str]:
    """Return the texts that match: those with most of the query's own accents first, else in given order."""
    wanted = set(accented_words(query))
    found = [text for text in texts if matches(query, text)]
    return sorted(found, key=lambda text: -len(wanted & set(_accented_words(nfc(text)))))


def _words(folded: str) -> list[str]:
    return [_Y_AS_I.get(word, word) for word in _WORD.findall(_joined(folded))]


def _has_apostrophe(text: str) -> bool:
    return any(mark in text for mark in _APOSTROPHES)


def _joined(text: str) -> str:
    """Join names like M'gar into one word."""
    return _INNER_APOSTROPHE.sub("", text) if _has_apostrophe(text) else text


# Written Vietnamese has about 7,000 syllables, so most words are already in the cache.
_met_before = lru_cache(maxsize=8192)(tone_key)
_folded_before = lru_cache(maxsize=8192)(lambda word: _y_as_i(fold(word)))
_LONGEST_KEPT = 16  # letters; longer words are not cached


def _folded_word(word: str) -> str:
    return _folded_before(word) if len(word) <= _LONGEST_KEPT else _y_as_i(fold(word))


def _y_as_i(word: str) -> str:
    return _Y_AS_I.get(word, word)


def _accented_word(word: str) -> str:
    return _met_before(word) if len(word) <= _LONGEST_KEPT else tone_key(word)


def _accented_words(text: str) -> list[str]:
    """The text must be composed (NFC)."""
    return [_accented_word(word) for word in _WORD.findall(_joined(text))]


_Phrase = tuple[str, ...]
_GROUPS: list[list[_Phrase]] = [[tuple(_words(name)) for name in names] for names in SYNONYMS]
_BY_FIRST_WORD: dict[str, list[tuple[_Phrase, int]]] = defaultdict(list)
for _number, _names in enumerate(_GROUPS):
    for _name in _names:
        _BY_FIRST_WORD[_name[0]].append((_name, _number))


def other_names(words: list[str]) -> list[_Phrase]:
    """Return the other names of what these folded words mention: for Đắk Lắk its other spellings."""
    present: dict[int, set[_Phrase]] = defaultdict(set)
    for start, word in enumerate(words):
        for name, group in _BY_FIRST_WORD.get(word, ()):
            if tuple(words[start : start + len(name)]) == name:
                present[group].add(name)
    return [name for group in sorted(present) for name in _GROUPS[group] if name not in present[group]]

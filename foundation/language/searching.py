"""What is stored for search, what a query asks, and which found text comes first.

A text is kept twice: `search_text` (folded, with synonyms) decides what is found, `accented_text`
decides the order. Both are ASCII words with single spaces between, so SQLite and PostgreSQL index
them alike and a full-text tokenizer has nothing left to interpret. A query is found when every one
of its `search_words` is a whole word of `search_text`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from foundation.language.vietnamese import fold, nfc, tone_key

# Each line is one thing under its several names, folded; a text that holds one is found by all.
# Reviewed by hand: a name that is also an ordinary word must not enter.
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
# Letters in one piece and ordinary signs: folding such a text leaves its words where they are.
_PLAIN_LATIN = re.compile("[\u0000-\u0026\u0028-\u024f\u1e00-\u1eff\u2010-\u2017\u201a-\u2027\u2030]*")
_APOSTROPHES = "'’‘ʼ"
_INNER_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘ʼ](?=[^\W\d_])")
_APOSTROPHE_NAME = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:['’‘ʼ][^\W\d_]+)+")
# Địa lý and Địa lí are two spellings of one word: both are stored and asked for with i.
_Y_AS_I = {onset + "y": onset + "i" for onset in ("h", "k", "l", "m", "s", "t", "qu")}


def search_text(text: str) -> str:
    """Return the folded words of a text in their order, then the other names of what it speaks of.

    Every sign separates words ("GD&ĐT" is gd dt), but a name with an apostrophe is found whole and
    in pieces ("M'gar" is mgar, and m gar at the end). Empty when the text has no letter or digit.
    """
    return " ".join(_found_words(nfc(text)))


def both_sequences(text: str) -> tuple[list[str], list[str]]:
    """Return the words of `search_text` and those of `accented_sequence`, for half the work."""
    text = nfc(text)
    if not _PLAIN_LATIN.fullmatch(text):
        return _found_words(text), _accented_words(text)
    words = _WORD.findall(text)
    return _with_other_names([_folded_word(word) for word in words]), [_accented_word(word) for word in words]


def _found_words(text: str) -> list[str]:
    """Of a composed text: word by word where that is possible, most words have been folded before."""
    if _PLAIN_LATIN.fullmatch(text):
        return _with_other_names([_folded_word(word) for word in _WORD.findall(text)])
    folded = fold(text)
    names = _APOSTROPHE_NAME.findall(folded) if _has_apostrophe(folded) else ()
    return _with_other_names(_words(folded), [piece for name in names for piece in _WORD.findall(name)])


def _with_other_names(words: list[str], pieces: Iterable[str] = ()) -> list[str]:
    return [*words, *pieces, *(word for name in other_names(words) for word in name)]


def search_words(query: str) -> list[str]:
    """Return the folded words of a query, each once; all of them must be in a text's `search_text`."""
    return list(dict.fromkeys(_words(fold(query))))


def word_sequence(text: str) -> list[str]:
    """Return the folded words of a text as they stand, repeated ones too, without other names."""
    return _words(fold(text))


def accented_sequence(text: str) -> list[str]:
    """Return the words of a text as tone keys, as they stand."""
    return _accented_words(nfc(text))


def accented_text(text: str) -> str:
    """Return the words of a text as tone keys: what is stored to rank exact accents first."""
    return " ".join(_accented_words(nfc(text)))


def accented_words(query: str) -> list[str]:
    """Return the words of a query as tone keys, each once; the more a text holds, the higher it ranks."""
    return list(dict.fromkeys(_accented_words(nfc(query))))


def matches(query: str, text: str) -> bool:
    """Say whether the text holds every word of the query, accents aside; an empty query finds nothing."""
    wanted = search_words(query)
    return bool(wanted) and set(wanted) <= set(search_text(text).split())


def rank(query: str, texts: Iterable[str]) -> list[str]:
    """Return the texts that match: most words with the query's own accents first, else as given."""
    wanted = set(accented_words(query))
    found = [text for text in texts if matches(query, text)]
    return sorted(found, key=lambda text: -len(wanted & set(_accented_words(nfc(text)))))


def _words(folded: str) -> list[str]:
    return [_Y_AS_I.get(word, word) for word in _WORD.findall(_joined(folded))]


def _has_apostrophe(text: str) -> bool:
    return any(mark in text for mark in _APOSTROPHES)


def _joined(text: str) -> str:
    """The text with names like M'gar in one piece; most texts hold none and are not searched for one."""
    return _INNER_APOSTROPHE.sub("", text) if _has_apostrophe(text) else text


# Written Vietnamese has some 7,000 syllables, so most words of a text have been met before.
_met_before = lru_cache(maxsize=8192)(tone_key)
_folded_before = lru_cache(maxsize=8192)(lambda word: _y_as_i(fold(word)))
_LONGEST_KEPT = 16  # letters; a hostile text fills no memory


def _folded_word(word: str) -> str:
    return _folded_before(word) if len(word) <= _LONGEST_KEPT else _y_as_i(fold(word))


def _y_as_i(word: str) -> str:
    return _Y_AS_I.get(word, word)


def _accented_word(word: str) -> str:
    return _met_before(word) if len(word) <= _LONGEST_KEPT else tone_key(word)


def _accented_words(text: str) -> list[str]:
    """Of a composed text."""
    return [_accented_word(word) for word in _WORD.findall(_joined(text))]


_Phrase = tuple[str, ...]
_GROUPS: list[list[_Phrase]] = [[tuple(_words(name)) for name in names] for names in SYNONYMS]
_BY_FIRST_WORD: dict[str, list[tuple[_Phrase, int]]] = defaultdict(list)
for _number, _names in enumerate(_GROUPS):
    for _name in _names:
        _BY_FIRST_WORD[_name[0]].append((_name, _number))


def other_names(words: list[str]) -> list[_Phrase]:
    """The further names of what these folded words speak of: of Đắk Lắk its other spellings."""
    present: dict[int, set[_Phrase]] = defaultdict(set)
    for start, word in enumerate(words):
        for name, group in _BY_FIRST_WORD.get(word, ()):
            if tuple(words[start : start + len(name)]) == name:
                present[group].add(name)
    return [name for group in sorted(present) for name in _GROUPS[group] if name not in present[group]]

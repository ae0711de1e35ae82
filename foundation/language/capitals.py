"""Writes a line that stands in capitals as a sentence; names and abbreviations keep theirs.

Which words are names is learnt from texts in which they stand with capitals in the middle of a sentence
(the story itself, the units' names), and from a list of places. The result is an offer: a person looks at
it.
"""

import re
from collections.abc import Iterable

from foundation.language.syllables import is_known_word, is_syllable
from foundation.language.vietnamese import fold, nfc

_PLACES = """
Buôn Đôn|Buôn Hồ|Buôn Ma Thuột|Buôn Trấp|Cư Kuin|Cư M’gar|Đắk Lắk|Đăk Lăk|Ê Đê|Ea H’leo|Ea Kar|Ea Súp|Gia Rai
M’nông|M’Drắk|Krông Ana|Krông Bông|Krông Búk|Krông Năng|Krông Pắc|Lắk|Phú Yên|Tuy Hòa|Tuy An|Sông Cầu
Sông Hinh|Sơn Hòa|Đồng Xuân|Phú Hòa|Tây Hòa|Đông Hòa|Tây Nguyên|Việt Nam|Hồ Chí Minh|Hà Nội|Đà Nẵng|Gia Lai
Kon Tum|Lâm Đồng|Đắk Nông|Khánh Hòa|Chu Văn An|Nguyễn Du|Lê Hồng Phong|Trần Phú|Đảng|Quốc hội
Nhà giáo Việt Nam|Tết|Nguyên đán
"""
# What the names of waters, hills and villages begin with; the second ones are Vietnamese words, too.
_LAND = frozenset("ea êa ia krông krong đắk đăk dak čư plei dliê".split())
_LAND_PERHAPS = frozenset("buôn bôn cư chư".split())
_FAMILIES = frozenset(
    "nay siu ksor ksơr rmah rơmah rcom rơcom rahlan rơhlan kpă kpa rchăm rơchăm adrơng ayun hra hwing knul "
    "kbuôr mlô niê byă êban ênuôl ktla ktul nhơn".split()
)
_AFTER_Y = frozenset(
    "tế bác sĩ sỹ tá dược học đức khoa phục án lệnh nguyên hệt như sinh cụ thuật viện lý đạo quan".split()
)
_LONG_FAMILIES = (
    ["rơ", "châm"],
    ["rơ", "lan"],
    ["rơ", "mah"],
    ["rơ", "ô"],
    ["buôn", "yă"],
    ["buôn", "krông"],
)
_JOINING = frozenset("và có là ở tại trên qua đến năm của với về cho được sẽ".split())
_WORD = re.compile(r"[^\W_]+(?:[&'’ʼ./-][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?:;\n“”\"]")
_ROMAN = re.compile(r"[IVX]+")
_BEFORE_A_NUMBER = frozenset("thứ lần khóa khoá kỳ kì chương phần mục hạng quý cấp hội tập đợt".split())
_FORMS_OF_ADDRESS = frozenset("cô thầy ông bà em anh chị cháu bé các tại theo ngày với".split())
_MOST_CAPITALS, _FEWEST_LETTERS = 0.8, 8
_LOANS = frozenset("oto moto noilong nilong modun beton betong bangron cangtin tangxong ximang xeri".split())
_LONGEST_NAME = 10  # words
_MOST_READ = 60_000  # letters of a source

type _Names = dict[str, list[tuple[list[str], list[str]]]]


def is_in_capitals(text: str) -> bool:
    """Whether nearly all letters are capitals, and there are enough of them to be sure."""
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return len(letters) >= _FEWEST_LETTERS and capitals >= _MOST_CAPITALS * len(letters)


def sentence_case(text: str, sources: Iterable[str] = ()) -> str:
    """Returns a line in capitals as a sentence. `sources` are texts, or single names, to learn names from."""
    names = _names_in(sources)
    text = nfc(text)
    words = list(_WORD.finditer(text))
    lowered = [_key(word[0]) for word in words]
    out, at, place = "", 0, 0
    while place < len(words):
        start = words[place].start()
        out += text[at:start]
        cased = _name_at(place, lowered, names) or _people_at([word[0] for word in words[place : place + 5]])
        for offset in range(len(cased) or 1):
            word = words[place + offset]
            if offset:
                out += text[words[place + offset - 1].end() : word.start()]
            before = lowered[place - 1] if place else ""
            out += cased[offset] if cased else _plain(word[0], before)
        place += len(cased) or 1
        at = words[place - 1].end()
    return _with_first_letters(out + text[at:])


def _people_at(words: list[str]) -> list[str]:
    """Returns the name of a person or place of the peoples that begins here (“Y Wăn Byă”, “Êa”); else []."""
    if length := _land_at(words) or _family_at(words):
        return [_with_capitals(word) for word in words[:length]]
    words = words[:3]
    strange = [_is_strange(word) for word in words]
    length = 1 if strange[0] else 0
    if words[0].lower() == "y" and len(words) > 1 and words[1].lower() not in _AFTER_Y and _is_word(words[1]):
        length = 2 + (strange[2:] == [True])
    elif length:
        length += next((at for at, is_one in enumerate(strange[1:]) if not is_one), len(strange) - 1)
    return [_with_capitals(word) for word in words[:length]]


def _land_at(words: list[str]) -> int:
    """Returns how many words the name of a water, hill or village here has (“Êa Kar”); 0 if none."""
    first = _key(words[0])
    if len(words) < 2 or _key(words[1]) in _JOINING or not _is_word(words[1]):
        return 0
    if first in _LAND or (first in _LAND_PERHAPS and not is_syllable(_key(words[1]))):
        more = (at for at, word in enumerate(words[2:4]) if is_syllable(_key(word)) or not _is_word(word))
        return 2 + next(more, len(words[2:4]))
    return 0


def _family_at(words: list[str]) -> int:
    """Returns how many words a name here has whose family comes first (“Nay H’Nan”); 0 if none."""
    keys = [_key(word) for word in words]
    family = 1 if keys[0] in _FAMILIES else 2 if keys[:2] in _LONG_FAMILIES else 0
    given = keys[family : family + 2]
    if not family or not given:
        return 0
    if given[0] == "y" and len(given) > 1 and _is_word(given[1]):
        return family + 2
    return family + 1 if given[0].startswith("h’") else 0


def _is_word(word: str) -> bool:
    """Whether a word can be said: an abbreviation such as THPT cannot."""
    return bool(set(fold(word)) & set("aeiouy")) and all(char.isalpha() or char in "'’ʼ" for char in word)


def _with_capitals(word: str) -> str:
    return re.sub(r"[^\W_]+", lambda part: part[0].capitalize(), word)


def _is_strange(word: str) -> bool:
    """Whether a word has a marked vowel, or ƀ, or an apostrophe, and no Vietnamese syllable is spelled so."""
    key = _key(word)
    if not all(char.isalpha() or char == "’" for char in key):
        return False
    return key.startswith("h’") or (
        any(not char.isascii() and char not in "đ’" for char in key)
        and not is_syllable(key)
        and fold(key) not in _LOANS
    )


def _plain(word: str, before: str) -> str:
    is_number = _ROMAN.fullmatch(word) and before in _BEFORE_A_NUMBER
    parts = re.split(r"[&'’ʼ./-]", word)
    is_short = "&" in word or any(char.isdigit() for char in word)
    is_abbreviation = word.isupper() and (
        is_short or not all(is_known_word(part.lower()) for part in parts if part)
    )
    return word if is_number or is_abbreviation else word.lower()


def _with_first_letters(text: str) -> str:
    return re.sub(r"(?:\A|(?<=[.!?] ))([“\"(]*)(\w)", lambda found: found[1] + found[2].upper(), text)


def _key(word: str) -> str:
    return word.lower().replace("'", "’").replace("ʼ", "’")


def _name_at(place: int, lowered: list[str], names: _Names) -> list[str]:
    """Returns the words of the longest known name that begins here; [] without one."""
    for keys, cased in names.get(lowered[place], ()):
        if lowered[place : place + len(keys)] == keys:
            return cased
    return []


def _names_in(sources: Iterable[str]) -> _Names:
    places = [_WORD.findall(place) for place in _PLACES.replace("\n", "|").split("|") if place]
    found: dict[tuple[str, ...], list[str]] = {tuple(map(_key, place)): place for place in places}
    for source in sources:
        for line in nfc(source[:_MOST_READ]).split("\n"):
            if not is_in_capitals(line):
                for sentence in _SENTENCE.split(line):
                    for run in _runs(sentence):
                        found.setdefault(tuple(map(_key, run)), run)
    names: _Names = {}
    for keys, run in sorted(found.items(), key=lambda pair: -len(pair[0])):
        names.setdefault(keys[0], []).append((list(keys), run))
    return names


def _runs(sentence: str) -> list[list[str]]:
    """Returns neighbouring words with a capital. The first word of a sentence has one in any case: alone,
    or as a form of address (“Cô Nguyễn Thị Lan”), it says nothing.
    """
    runs: list[list[str]] = [[]]
    words = list(_WORD.finditer(sentence))
    for number, word in enumerate(words):
        is_near = number == 0 or not sentence[words[number - 1].end() : word.start()].strip(" ")
        if word[0][:1].isupper() and is_near:
            runs[-1].append(word[0])
        else:
            runs.append([word[0]] if word[0][:1].isupper() else [])
    if runs[0] and len(words) > 1 and (len(runs[0]) == 1 or _key(runs[0][0]) in _FORMS_OF_ADDRESS):
        runs[0] = runs[0][1:]
    return [run for run in runs if run and len(run) <= _LONGEST_NAME]

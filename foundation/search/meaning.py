"""What the words of a question mean: names that have other spellings, days, words that carry nothing.

Plain Python, without a database. `slots_of` cuts a question into slots in the order typed; each slot may be
fulfilled by any of its alternatives.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from foundation.language.searching import SYNONYMS, accented_sequence, word_sequence
from foundation.search.matching import Alternative, Phrase

Names = Iterable[tuple[str, ...]]
# Names of one thing that only questions know: the index is not changed by them. Each line as in SYNONYMS.
SPOKEN: tuple[tuple[str, ...], ...] = (
    ("học sinh", "hs"),
    ("giáo viên", "gv"),
    ("cán bộ quản lý", "cbql"),
    ("cán bộ quản lý giáo viên nhân viên", "cbqlgvnv"),
    ("sinh viên", "sv"),
    ("phụ huynh", "ph"),
    ("phụ huynh học sinh", "phhs"),
    ("mầm non", "mn"),
    ("tiểu học", "th"),
    ("công nghệ thông tin", "cntt"),
    ("giáo dục quốc phòng", "gdqp"),
    ("giáo dục quốc phòng và an ninh", "giáo dục quốc phòng an ninh", "gdqpan", "gdqp an"),
    ("giáo dục thể chất", "gdtc"),
    ("giáo dục phổ thông", "gdpt"),
    ("giáo dục đặc biệt", "gdđb"),
    ("hội đồng nhân dân", "hđnd"),
    ("phổ thông dân tộc bán trú", "ptdtbt", "dân tộc bán trú"),
    ("thành phố", "tp"),
    ("đại học", "đh"),
    ("cao đẳng", "cđ"),
    ("học kỳ 1", "học kỳ i", "hki", "hk1", "hk 1", "hk i"),
    ("học kỳ 2", "học kỳ ii", "hkii", "hk2", "hk 2", "hk ii"),
    ("sách giáo khoa", "sgk"),
    ("khoa học kỹ thuật", "khkt"),
    ("thi đua khen thưởng", "tđkt"),
    ("trung tâm", "tt"),
    ("quyết định", "qđ"),
    ("kế hoạch", "kh"),
    ("ê đê", "êđê", "rhade", "ra đê"),
    ("gia rai", "jrai", "giarai", "j rai"),
    ("m'nông", "m nông", "mơ nông"),
)
# Words that say nothing about what is looked for; longest first when they begin alike.
ASKING = (
    "ở đâu", "tại đâu", "mới nhất", "gần đây", "là gì", "là ai", "cái gì", "như thế nào", "thế nào", "ra sao",
    "làm sao", "khi nào", "bao giờ", "lúc nào", "bao nhiêu", "vì sao", "tại sao", "có không", "hay không",
    "xin hỏi", "cho hỏi", "tin tức", "tin về", "thông tin về", "tìm hiểu", "bài viết về", "hôm nay",
)  # fmt: skip
# Joining words, told by their marks: without marks they may be other words.
_JOINING = frozenset({*"của và các những cho về với tại ở là được bị đã sẽ do để từ này đó thì mà".split()})
_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?![\d]|[/.-]\d{1,2}(?!\d))")
_DAY_WORDS = re.compile(r"ngay (\d{1,2}) thang (\d{1,2})")
_MONTH = re.compile(r"thang (\d{1,2})\b")
_BEFORE_CONSONANT = re.compile(r"([hy])([bdghjklmnprstw][a-z]+)")


@dataclass(frozen=True)
class Slot:
    """Neighbouring words of a question that mean one thing; `keys` are their tone keys."""

    words: Phrase
    keys: Phrase
    alternatives: tuple[Alternative, ...]
    is_optional: bool = False


@dataclass(frozen=True)
class Day:
    """A day of any year, or a month (`day` is 0)."""

    day: int
    month: int


def day_in(text: str) -> Day | None:
    """Return the first day or month that a question names."""
    plain = " ".join(word_sequence(text))
    for pattern, source in ((_DAY, text), (_DAY_WORDS, plain)):
        for hit in pattern.finditer(source):
            day, month = int(hit[1]), int(hit[2])
            if 0 < day < 32 and 0 < month < 13:
                return Day(day, month)
    named = _MONTH.search(plain)
    return Day(0, int(named[1])) if named and 0 < int(named[1]) < 13 else None


def slots_of(words: Sequence[str], keys: Sequence[str], day: Day | None, more: Names = ()) -> list[Slot]:
    """Cut folded words and their tone keys, which stand side by side, into slots.

    `more` are names that the desk has added. When every slot would be optional, none is.
    """
    slots, at = [], 0
    while at < len(words):
        size, alternatives, is_optional = _slot_at(words, keys, at, day, more)
        end = at + size
        slots.append(Slot(tuple(words[at:end]), tuple(keys[at:end]), alternatives, is_optional))
        at = end
    if all(slot.is_optional for slot in slots):
        return [Slot(slot.words, slot.keys, slot.alternatives) for slot in slots]
    return slots


def _slot_at(
    words: Sequence[str], keys: Sequence[str], at: int, day: Day | None, more: Names
) -> tuple[int, tuple[Alternative, ...], bool]:
    if size := _asking_at(words, keys, at):
        return size, (tuple((word,) for word in words[at : at + size]),), True
    if day and (size := _day_at(words, at, day)):
        return size, _written_days(tuple(words[at : at + size]), day), True
    size, names = _names_at(words, at, more)
    if size:
        typed = tuple(words[at : at + size])
        apart = (tuple((word,) for word in typed),) if size > 1 else ()
        return size, tuple(dict.fromkeys([(typed,), *((name,) for name in names), *apart])), False
    word = words[at]
    if len(word) == 1 and word in "hy" and at + 1 < len(words):
        rest = words[at + 1]
        return 2, (((word, rest),), ((word + rest,),), ((word,), (rest,))), False
    if hit := _BEFORE_CONSONANT.fullmatch(word):
        return 1, (((word,),), ((hit[1], hit[2]),)), False
    return 1, (((word,),),), False


def _day_at(words: Sequence[str], at: int, day: Day) -> int:
    numbers = [int(word) if word.isdecimal() else word for word in words[at : at + 4]]
    if day.day:
        for form in ((day.day, day.month), (day.day, "thang", day.month), ("ngay", day.day, day.month),
                     ("ngay", day.day, "thang", day.month)):  # fmt: skip
            if tuple(numbers[: len(form)]) == form:
                return len(form)
        return 0
    return 2 if numbers[:2] == ["thang", day.month] else 0


def _written_days(typed: Phrase, day: Day) -> tuple[Alternative, ...]:
    months = dict.fromkeys([str(day.month), f"{day.month:02}"])
    if not day.day:
        return tuple(dict.fromkeys([(typed,), *((("thang", month),) for month in months)]))
    days = dict.fromkeys([str(day.day), f"{day.day:02}"])
    forms = [((d, *link, m),) for d in days for m in months for link in ((), ("thang",))]
    return tuple(dict.fromkeys([(typed,), *forms]))


@lru_cache(maxsize=8)
def _index(more: tuple[tuple[str, ...], ...]) -> dict[str, list[tuple[Phrase, list[Phrase]]]]:
    found: dict[str, list[tuple[Phrase, list[Phrase]]]] = defaultdict(list)
    for names in (*SYNONYMS, *SPOKEN, *more):
        phrases = list(dict.fromkeys(tuple(word_sequence(name)) for name in names))
        for phrase in filter(None, phrases):
            found[phrase[0]].append((phrase, [other for other in phrases if other and other != phrase]))
    return found


def _names_at(words: Sequence[str], at: int, more: Names) -> tuple[int, list[Phrase]]:
    """Return the size of the longest known name here and its other names."""
    size = 0
    others: list[Phrase] = []
    for phrase, names in _index(tuple(more)).get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase and len(phrase) >= size:
            others = names if len(phrase) > size else [*others, *names]
            size = len(phrase)
    return size, others


@lru_cache(maxsize=1)
def _asking() -> list[tuple[Phrase, Phrase]]:
    found = [(tuple(word_sequence(text)), tuple(accented_sequence(text))) for text in (*ASKING, *_JOINING)]
    return sorted(found, key=lambda pair: -len(pair[0]))


def _asking_at(words: Sequence[str], keys: Sequence[str], at: int) -> int:
    """Several words are known without marks too; a single one by its marks alone."""
    for phrase, marks in _asking():
        size = len(phrase)
        if tuple(words[at : at + size]) == phrase:
            typed = tuple(keys[at : at + size])
            if typed == marks or (size > 1 and typed == phrase):
                return size
    return 0

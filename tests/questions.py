"""Questions a reader might type who has one story in mind, made from that story, by kind."""

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from foundation.language.vietnamese import fold

_ASKED = ("ở đâu", "mới nhất", "là gì", "như thế nào")
_RARE = 2  # a name or phrase that more stories hold is no question about one of them
_NAME = re.compile(r"(?:[A-ZĐÂÊÔƠƯÁÀẢÃẠÉÈÍÌÓÒÚÙÝ][\w'’]*\s){2,3}[A-ZĐÂÊÔƠƯÁÀẢÃẠÉÈÍÌÓÒÚÙÝ][\w'’]*")
_HIGHLAND = re.compile(r"\b(?:H['’]\s?\w+|Y)\s(?!Dược|Tế|Hà|Khoa)[A-ZÊĐ][\w'’]+(?:\s[A-ZÊĐ]\w+)?")
_UNIT = re.compile(r"(?:Trường|Sở|Phòng|Trung tâm|Bộ)\s(?:[A-ZĐÂÊÔƠƯ][\w&'’]*\s?){2,5}")
_NUMBER = re.compile(r"\d{2,}(?:[./-][\w&]+)+|\d{3,}")
_DAY = re.compile(r"\b(\d{1,2})[/-](\d{1,2})\b(?![/\d-])")
_LONG = {"THPT": "trung học phổ thông", "THCS": "trung học cơ sở", "UBND": "ủy ban nhân dân",
         "GD-ĐT": "giáo dục và đào tạo", "HSG": "học sinh giỏi", "ĐH": "đại học", "TP": "thành phố",
         "PTDTNT": "phổ thông dân tộc nội trú", "CNTT": "công nghệ thông tin"}  # fmt: skip
_SHORT = {"học sinh": "hs", "giáo viên": "gv", "sinh viên": "sv", "mầm non": "mn", "phụ huynh": "ph",
          "trung học phổ thông": "thpt", "ủy ban nhân dân": "ubnd", "giáo dục và đào tạo": "gd&đt",
          "công nghệ thông tin": "cntt", "thành phố": "tp"}  # fmt: skip
_TELEX = {"đ": "dd", "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Corpus:
    """Says how many stories hold some words."""

    def __init__(self, stories: Iterable["Story"]):
        self._texts = [plain(f"{story.title} {story.text}") for story in stories]

    def is_rare(self, text: str, most: int = _RARE) -> bool:
        wanted = plain(text)
        return sum(wanted in held for held in self._texts) <= most


def plain(text: str) -> str:
    return f" {' '.join(words_of(fold(text)))} "


@dataclass(frozen=True)
class Story:
    number: int
    title: str
    lead: str
    body: list[str]
    captions: list[str]

    @property
    def text(self) -> str:
        return " ".join([self.lead, *self.body])


Make = Callable[[Story, random.Random, Corpus], str]


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def part_of_title(story: Story, most: int = 6) -> list[str]:
    return words_of(story.title)[:most]


def apart(story: Story, chance: random.Random, _corpus: Corpus) -> str:
    words = words_of(story.title)
    chosen = chance.sample(words, min(5, len(words)))
    return " ".join(chosen) if len(chosen) > 3 else ""


def keywords(story: Story, chance: random.Random, corpus: Corpus) -> str:
    """Two telling pairs of neighbours from one paragraph of the body."""
    for part in chance.sample(story.body, len(story.body)):
        words = [word for word in words_of(part) if word.isalpha() and len(word) > 1]
        pairs = [" ".join(words[at : at + 2]) for at in range(0, len(words) - 1, 2)]
        telling = [pair for pair in pairs if corpus.is_rare(pair, 20)]
        if len(telling) > 1:
            return " ".join(chance.sample(telling, 2))
    return ""


def phrase(story: Story, chance: random.Random, corpus: Corpus) -> str:
    for part in chance.sample(story.body, len(story.body)):
        words = words_of(part)
        if len(words) > 12:
            at = chance.randrange(2, len(words) - 7)
            said = " ".join(words[at : at + 6])
            if corpus.is_rare(said):
                return said
    return ""


def one_of(pattern: re.Pattern[str]) -> Make:
    def make(story: Story, chance: random.Random, corpus: Corpus) -> str:
        hits = [" ".join(hit[0].split()) for hit in pattern.finditer(story.text)]
        found = [hit for hit in hits if corpus.is_rare(hit)]
        return chance.choice(found) if found else ""

    return make


def number(story: Story, chance: random.Random, _corpus: Corpus) -> str:
    found = _NUMBER.findall(story.text)
    return f"{chance.choice(found)} {' '.join(part_of_title(story, 2))}" if found else ""


def day(story: Story, chance: random.Random, _corpus: Corpus) -> str:
    days = [hit for hit in _DAY.findall(story.text) if 0 < int(hit[0]) < 32 and 0 < int(hit[1]) < 13]
    if not days:
        return ""
    a, b = chance.choice(days)
    when = chance.choice([f"{a}/{b}", f"ngày {a} tháng {b}", f"tháng {b}"])
    return f"{' '.join(part_of_title(story, 4))} {when}"


def expanded(story: Story, _chance: random.Random, _corpus: Corpus) -> str:
    return _replaced(story.title, _LONG)


def contracted(story: Story, _chance: random.Random, _corpus: Corpus) -> str:
    return _replaced(story.title.lower(), _SHORT)


def _replaced(title: str, names: dict[str, str]) -> str:
    for old, new in names.items():
        if re.search(rf"\b{old}\b", title):
            words = words_of(re.sub(rf"\b{old}\b", new, title))
            return " ".join(words[:9])
    return ""


def telex(story: Story, _chance: random.Random, _corpus: Corpus) -> str:
    import unicodedata  # noqa: PLC0415

    found = []
    for word in part_of_title(story, 4):
        tone, letters = "", ""
        for char in word.lower():
            marks = unicodedata.normalize("NFD", char)
            tone += "".join(_TONES.get(mark, "") for mark in marks)
            plain = unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES))
            letters += _TELEX.get(plain, plain)
        found.append(letters + tone)
    return " ".join(found)


def joined(story: Story, chance: random.Random, _corpus: Corpus) -> str:
    words = words_of(story.title.lower())[:4]
    if len(words) < 4:
        return ""
    at = chance.randrange(3)
    return fold(" ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]]))


def wrong_letter(story: Story, chance: random.Random, _corpus: Corpus) -> str:
    words = fold(" ".join(part_of_title(story, 4))).split()
    long = [at for at, word in enumerate(words) if len(word) > 4]
    if not long:
        return ""
    at = chance.choice(long)
    place = chance.randrange(1, len(words[at]) - 1)
    words[at] = words[at][:place] + chance.choice("bcdghklmnpqrstvx") + words[at][place + 1 :]
    return " ".join(words)


def name_apart(story: Story, chance: random.Random, corpus: Corpus) -> str:
    """H'Hen as H Hen, Hhen; Y Phu as Yphu; Ê Đê as ede."""
    found = [hit[0] for hit in _HIGHLAND.finditer(story.text) if corpus.is_rare(hit[0])]
    if not found:
        return "người ede " + " ".join(part_of_title(story, 3)) if "Ê Đê" in story.text else ""
    name = chance.choice(found)
    if name.startswith("Y "):
        return name.replace("Y ", "Y", 1)
    return re.sub("['’]", chance.choice([" ", ""]), name)


KINDS: dict[str, Make] = {
    "title": lambda story, _chance, _corpus: story.title,
    "title, no marks": lambda story, _chance, _corpus: fold(story.title),
    "title, other order": apart,
    "title + asking words": lambda s, chance, _: f"{' '.join(part_of_title(s))} {chance.choice(_ASKED)}",
    "body keywords": keywords,
    "body keywords, no marks": lambda *its: fold(keywords(*its)),
    "phrase of the body": phrase,
    "phrase, no marks": lambda *its: fold(phrase(*its)),
    "name of a person": one_of(_NAME),
    "highland names": one_of(_HIGHLAND),
    "highland names, otherwise": name_apart,
    "unit": one_of(_UNIT),
    "number": number,
    "day": day,
    "abbreviation written out": expanded,
    "abbreviated": contracted,
    "Telex": telex,
    "joined words": joined,
    "one letter wrong": wrong_letter,
    "extra words": lambda s, chance, _: (
        f"tin về {' '.join(part_of_title(s))} của huyện {chance.choice(['nhà', 'ta'])}"
    ),
}

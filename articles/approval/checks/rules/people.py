"""People: titles and spelling, compared with the directory on the story's day and the event's guests."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Prefetch

from articles.approval.checks.finding import Finding, advice, rule
from articles.approval.checks.story import CheckedPassage, CheckedStory
from articles.text.person_names import names_in
from departments.models import Person, Position
from foundation.language.searching import search_text
from foundation.language.vietnamese import fold, tone_key

# Longest first, so that “Phó Giám đốc” does not match as “Giám đốc”.
TITLES = (
    "Phó Chánh Văn phòng", "Chánh Văn phòng", "Phó Chánh Thanh tra", "Chánh Thanh tra",
    "Phó Hiệu trưởng", "Hiệu trưởng", "Phó Giám đốc", "Giám đốc", "Phó Chủ tịch", "Chủ tịch",
    "Phó Bí thư", "Bí thư", "Phó Trưởng phòng", "Trưởng phòng", "Phó Trưởng ban", "Trưởng ban",
)  # fmt: skip
MOST_CANDIDATES = 1500
_TITLE = re.compile("|".join(re.escape(title) for title in TITLES), re.IGNORECASE)
_HONORIFIC = r"(?:ông|bà|thầy|cô|đồng chí|đ/c|TS\.?|ThS\.?|NGƯT|NGND|nhà giáo)"
_BEFORE = re.compile(rf"(?P<title>{_TITLE.pattern})(?P<of>[^,;:.()–]{{0,70}}?)\s*(?:{_HONORIFIC}\s+)*$", re.I)
_AFTER = re.compile(r"^\s*(?:,|\s[-–]|\()\s*(?P<titles>[^;.,()]{0,120})")


@rule
def titles_of_people(story: CheckedStory) -> Iterator[Finding]:
    """A title that the person did not hold on that day. No finding when the directory has no title."""
    found = list(_names(passage for passage in story.passages if _TITLE.search(passage.text)))
    if not found:
        return
    known = _known_titles(story, {key for _field, _text, _start, _end, key in found})
    told: set[tuple[str, str]] = set()
    for field, text, start, end, key in found:
        claimed = _claimed(text, start, end)
        held = known.get(key)
        if not claimed or not held or claimed & held:
            continue
        name, said = text[start:end], " - ".join(sorted(claimed))
        if (name, said) not in told:
            told.add((name, said))
            yield advice(
                f"Bài ghi {name} là {said}; danh bạ hôm đó ghi {', '.join(sorted(held))}",
                field,
                "Xem lại chức danh vào ngày diễn ra việc này.",
                said=f"{name} {said}",
            )


@rule
def spelling_of_names(story: CheckedStory) -> Iterator[Finding]:
    """A guest of the event whose name has other accents in the story."""
    guests = {search_text(guest.name): guest.name for guest in story.delegates}
    told: set[str] = set()
    for field, text, start, end, key in _names(story.passages if guests else ()):
        name, right = text[start:end], guests.get(key)
        if right and name not in told and tone_key(name) != tone_key(right):
            told.add(name)
            yield advice(
                f"Bài ghi “{name}”; danh sách đại biểu ghi “{right}”",
                field,
                "Xem lại dấu trong tên người.",
                said=name,
            )


def _names(passages: Iterable[CheckedPassage]) -> Iterator[tuple[str, str, int, int, str]]:
    """Yields (field, text, start, end, key) of every run of two to five capitalised words."""
    number = 0
    for passage in passages:
        for name in names_in(passage.text):
            number += 1
            if number > MOST_CANDIDATES:
                return
            yield passage.field, passage.text, name.start, name.end, name.key


def _claimed(text: str, start: int, end: int) -> set[str]:
    """Returns the titles that the story gives to the name at text[start:end]."""
    before = _BEFORE.search(text[max(start - 120, 0) : start])
    titles = {before["title"]} if before and " và " not in before["of"] else set()
    after = _AFTER.match(text[end:])
    if after and _TITLE.match(after["titles"]):
        titles |= set(_TITLE.findall(after["titles"]))
    return {_canonical(title) for title in titles}


def _known_titles(story: CheckedStory, keys: set[str]) -> dict[str, set[str]]:
    """Returns titles by name: those in the directory on the story's day, and the event's guests'."""
    known: dict[str, set[str]] = defaultdict(set)
    held = Position.objects.on(story.day).filter(stands_in_for=None).order_by()
    people = Person.objects.filter(search_key__in=keys).order_by()
    for person in people.prefetch_related(Prefetch("positions", held, to_attr="held")):
        known[person.search_key] |= _titles_in(position.title for position in person.held)
    for guest in story.delegates:
        known[search_text(guest.name)] |= _titles_in([guest.title])
    return known


def _titles_in(words: Iterable[str]) -> set[str]:
    return {_canonical(title) for text in words for title in _TITLE.findall(text)}


_CANONICAL = {fold(title): title for title in TITLES}


def _canonical(title: str) -> str:
    return _CANONICAL[fold(title)]

"""Units: abbreviations in house style, and units that no longer exist on the story's day."""

import re
from collections.abc import Iterator

from articles.approval.checks.finding import Finding, advice, rule
from articles.approval.checks.house_style import FORMERLY, HABITS
from articles.approval.checks.story import CheckedStory
from departments.models import Department, DepartmentName

_APOSTROPHES = str.maketrans("'‘ʼ", "’’’")


@rule
def abbreviations(story: CheckedStory) -> Iterator[Finding]:
    """Each spelling is reported once, at its first place."""
    told: set[str] = set()
    for passage in story.passages:
        for habit in HABITS:
            for found in habit.found.finditer(passage.text):
                if found[0] not in told and found[0] != habit.wanted:
                    told.add(found[0])
                    yield advice(
                        f"“{found[0]}”: tòa soạn viết “{habit.wanted}”",
                        passage.field,
                        "Giữ nguyên nếu là tên riêng hoặc số văn bản.",
                        said=found[0],
                    )


@rule
def closed_units(story: CheckedStory) -> Iterator[Finding]:
    """A unit that closed before the story's day, named without “(cũ)” or “(trước đây)”."""
    closed = DepartmentName.objects.filter(department__in=Department.objects.closed_by(story.day))
    names = {n for pair in closed.order_by().values_list("name", "short_name") for n in pair if n}
    text = _plain(story.text)
    named = [name for name in sorted(names, key=len, reverse=True) if _plain(name) in text]
    if not named:
        return
    alive = DepartmentName.objects.filter(department__in=Department.objects.on(story.day))
    alive = alive.filter(name__in=named) | alive.filter(short_name__in=named)
    taken = {n for pair in alive.order_by().values_list("name", "short_name") for n in pair}
    told: list[str] = []
    for name in named:
        if name in taken or any(name in longer for longer in told):
            continue
        if field := _stands_without_former(story, name):
            told.append(name)
            yield advice(
                f"{name} đã kết thúc hoạt động",
                field,
                f"Nếu nói chuyện trước đây, có thể ghi “{name} (cũ)” hoặc “(trước đây)”.",
                said=name,
            )


def _stands_without_former(story: CheckedStory, name: str) -> str:
    """Returns the field where the name has no “(cũ)” or “(trước đây)” after it; "" when nowhere."""
    pattern = re.compile(rf"(?<!\w){re.escape(_plain(name))}(?!\w)")
    for passage in story.passages:
        words = _plain(passage.text)
        for found in pattern.finditer(words):
            if not FORMERLY.match(words[found.end() :]):
                return passage.field
    return ""


def _plain(words: str) -> str:
    """Ignores case and the kind of apostrophe. Names and texts are both stored in NFC."""
    return words.lower().translate(_APOSTROPHES)

"""Rank found things by how well they answer a question: one rule for both databases.

The index gives a few hundred candidates; their folded words are compared here. What counts: how much of the
question is there, rare words more than common ones; title before lead before text; words side by side;
marks as typed; near each other; the day asked for. Equal things stand newest first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from django.utils import timezone

from foundation.search.asking import Asked
from foundation.search.matching import Alternative, Phrase
from foundation.search.places import moment_of

LEAD, NEAR = 260, 110  # letters of the text that count as its lead; letters about a word that count as near
TITLE, IN_LEAD, IN_TEXT, AGAIN = 2.4, 1.5, 1.0, 0.15
PAIR_IN_TITLE, PAIR_IN_TEXT, WHOLE_IN_TITLE, WHOLE_IN_TEXT, WHOLE_TITLE = 1.6, 1.0, 1.5, 1.2, 3.0
CLOSE, OTHER_MARKS, WRONG_MARKS = 1.2, 0.35, 0.3
ON_ITS_DAY, IN_ITS_MONTH = 1.5, 0.5


@dataclass(frozen=True)
class Candidate:
    """A found thing: its words folded and as tone keys, between single spaces."""

    place: int
    title: str
    text: str
    title_keys: str
    text_keys: str


@dataclass(frozen=True)
class _Part:
    """A slot of the question with its weight; `tests` are its alternatives as they stand in a text."""

    weight: float
    tests: tuple[tuple[str, ...], ...]
    keys: str
    is_optional: bool


@dataclass
class Ranking:
    """How candidates of one question are ranked. `counts` says how often words stand in the index."""

    asked: Asked
    counts: Mapping[str, int]
    _parts: list[_Part] = field(init=False)

    def __post_init__(self) -> None:
        most = max([*self.counts.values(), 10])
        self._parts = [
            _Part(
                _weight(slot.words, self.counts, most) * (0.5 if slot.is_optional else 1),
                tuple(map(_test, slot.alternatives)),
                f" {' '.join(slot.keys)} ",
                slot.is_optional,
            )
            for slot in self.asked.slots
        ]
        self._total = sum(part.weight for part in self._parts) or 1
        words = [word for slot in self.asked.slots for word in slot.words]
        self._whole = f" {' '.join(words)} " if len(words) > 1 else ""
        self._size = len(words)
        self._pairs = [
            (first, second, _pairs(first, second))
            for first, second in zip(self._parts, self._parts[1:], strict=False)
        ]

    def best_first(self, candidates: Sequence[Candidate]) -> list[int]:
        """Return the places of the candidates, best first."""
        marked = [(round(self.score(candidate), 3), candidate.place) for candidate in candidates]
        return [place for _score, place in sorted(marked, reverse=True)]

    def score(self, it: Candidate) -> float:
        lead = it.text[:LEAD]
        points = covered = 0.0
        in_title, has_marks = 0, True
        for part in self._parts:
            where, hits = self._where(part, it, lead)
            if where:
                covered += part.weight
                marks = self._marks(part, it)
                has_marks &= marks == 1 or part.is_optional
                points += part.weight * where * marks
                points += part.weight * AGAIN * min(hits - 1, 3)
                in_title += where == TITLE
        points += self._side_by_side(it) + self._near(it)
        points *= (covered / self._total) ** 2
        if not has_marks:
            points *= WRONG_MARKS
        points *= 1 + 0.25 * in_title / max(1, it.title.count(" ") - 1)
        return points + self._total * self._timely(it.place)

    def _where(self, part: _Part, it: Candidate, lead: str) -> tuple[float, int]:
        """Return what the best place of a part is worth, and how often it stands in the text."""
        for field_, worth in ((it.title, TITLE), (lead, IN_LEAD), (it.text, IN_TEXT)):
            for test in part.tests:
                if all(word in field_ for word in test):
                    return worth, max(1, it.text.count(test[0]))
        return 0.0, 0

    def _marks(self, part: _Part, it: Candidate) -> float:
        if not self.asked.has_marks or part.keys in it.title_keys or part.keys in it.text_keys:
            return 1.0
        return 1.0 if len(part.tests) > 1 and part.tests[0][0] not in it.title + it.text else OTHER_MARKS

    def _side_by_side(self, it: Candidate) -> float:
        points = 0.0
        for first, second, forms in self._pairs:
            weight = (first.weight + second.weight) / 2
            if any(form in it.title for form in forms):
                points += weight * PAIR_IN_TITLE
            elif any(form in it.text for form in forms):
                points += weight * PAIR_IN_TEXT
        if self._whole:
            if self._whole in it.title:
                points += self._total * WHOLE_IN_TITLE
            elif self._whole in it.text:
                points += self._total * WHOLE_IN_TEXT
            if it.title.startswith(self._whole):
                points += self._total * WHOLE_TITLE * self._size / max(1, it.title.count(" ") - 1)
        return points

    def _near(self, it: Candidate) -> float:
        """Return how much of the question stands about its rarest word in the text."""
        if len(self._parts) < 2:
            return 0.0
        rarest = max(self._parts, key=lambda part: part.weight)
        word = next((test[0] for test in rarest.tests if test[0] in it.text), "")
        best, at, looks = 0.0, it.text.find(word) if word else -1, 0
        while at >= 0 and looks < 4:
            near = it.text[max(0, at - NEAR) : at + NEAR]
            best = max(best, sum(part.weight for part in self._parts if part.tests[0][0] in near))
            at, looks = it.text.find(word, at + 1), looks + 1
        return best * CLOSE

    def _timely(self, place: int) -> float:
        if not (day := self.asked.day):
            return 0.0
        moment = timezone.localtime(moment_of(place))
        if moment.month != day.month:
            return 0.0
        return ON_ITS_DAY if not day.day or abs(moment.day - day.day) <= 1 else IN_ITS_MONTH


def _weight(words: Phrase, counts: Mapping[str, int], most: int) -> float:
    """Return the weight of words side by side: the rarest word counts, the others a little."""
    weights = sorted((log(1 + most / counts.get(word, 1)) for word in words), reverse=True)
    return weights[0] + sum(weights[1:]) * 0.4


def _test(alternative: Alternative) -> tuple[str, ...]:
    return tuple(f" {' '.join(phrase)} " for phrase in alternative)


def _pairs(first: _Part, second: _Part) -> tuple[str, ...]:
    """Return the ways in which two neighbouring parts are written side by side."""
    found = [
        f" {a[0].strip()} {b[0].strip()} " for a in first.tests for b in second.tests if len(a) == len(b) == 1
    ]
    return tuple(found[:12])

"""Suggest another query when one finds nothing; only if the suggestion finds something."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import Q

from foundation.search.asking import Asked, read_question
from foundation.search.database import SearchTookTooLongError, within
from foundation.search.finding import SECONDS, Narrowing, finds_any
from foundation.search.models import Entry, Word

TRIED = 12  # queries tried before giving up
_CANDIDATES = 6  # for one mistyped word
_FAR_FROM = 5  # letters of a word from which two mistakes are allowed
Suggestion = tuple[Asked, Entry]


def suggest(asked: Asked, narrowing: Narrowing) -> Suggestion | None:
    """Return a similar query and its first result, or None; never a word that only hidden things use."""
    if not asked.phrases:
        return None
    try:
        with within(SECONDS) as clock:
            for words in islice(_near(asked), TRIED):
                near = read_question(" ".join(words))
                if near.phrases and (entry := finds_any(near, narrowing, clock)):
                    return near, entry
    except SearchTookTooLongError:
        pass
    return None


def _near(asked: Asked) -> Iterator[list[str]]:
    """Yield queries with unknown words corrected, then queries with one word left out."""
    words = list(asked.words)
    known = set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    unknown = [word for word in words if word not in known and word.isascii() and word.isalpha()]
    for word in unknown[:3]:
        for mended in _mended(word):
            rest = [mended if w == word else w for w in words]
            yield rest
    if len(unknown) > 1:
        best = {word: next(_mended(word), "") for word in unknown[:3]}
        kept = [w for w in (best.get(word, word) for word in words) if w]
        # A query reduced to one common word of three is another question.
        if len(kept) * 2 > len(words):
            yield kept
    if len(words) > 1:
        for at in sorted(range(len(words)), key=lambda at: (words[at] in known, -at)):
            yield words[:at] + words[at + 1 :]


def _mended(word: str) -> Iterator[str]:
    """Yield known words one mistake away (two for long words), nearest first, then the word split in two.

    Among equally near words those that begin with `word` come first: the reader may not have finished typing.
    """
    limit = 2 if len(word) >= _FAR_FROM else 1
    near = Q()
    for letter in set(word[:2]):
        near |= Q(word__startswith=letter)
    found = []
    for candidate in Word.objects.filter(near).values_list("word", flat=True):
        if abs(len(candidate) - len(word)) <= limit:
            far = distance(word, candidate, limit)
            if 0 < far <= limit:
                goes_on = candidate.startswith(word)
                found.append((far, not goes_on, abs(len(candidate) - len(word)), candidate))
    yield from (candidate for *_far, candidate in sorted(found)[:_CANDIDATES])
    halves = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    parts = {part for pair in halves for part in pair}
    known = set(Word.objects.filter(word__in=parts).values_list("word", flat=True))
    yield from (" ".join(pair) for pair in halves if known.issuperset(pair))


def distance(a: str, b: str, limit: int) -> int:
    """Return how many letters were left out, added, changed or swapped; `limit` + 1 if more."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, char in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != other))
            if i > 1 and j > 1 and char == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]

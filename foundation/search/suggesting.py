"""Suggest another query when one finds nothing; only if the suggestion finds something."""

from collections.abc import Iterator, Mapping
from itertools import islice
from string import ascii_lowercase

from foundation.language.searching import word_sequence
from foundation.language.telex import undo_telex
from foundation.search.asking import Asked, read_question
from foundation.search.database import SearchTookTooLongError, within
from foundation.search.finding import SECONDS, Narrowing, finds_any
from foundation.search.models import Word
from foundation.search.neighbours import AT_ONCE, together

TRIED = 12  # queries tried before giving up
_CANDIDATES = 6  # for one mistyped word
_FAR_FROM = 5  # letters of a word from which two mistakes are allowed


def suggest(asked: Asked, narrowing: Narrowing) -> Asked | None:
    """Return a similar query that finds something, or None; never a word that only hidden things use."""
    if not asked.phrases:
        return None
    try:
        with within(SECONDS) as clock:
            for words in islice(_near(asked), TRIED):
                near = read_question(" ".join(words))
                if near.phrases and finds_any(near, narrowing, clock):
                    return near
    except SearchTookTooLongError:
        pass
    return None


def _near(asked: Asked) -> Iterator[list[str]]:
    """Yield queries that may have been meant, likeliest first: the keyboard, the space bar, a letter; then
    the query with one word left out.
    """
    read = undo_telex(asked.text)
    if read != asked.text:
        yield read.split()
    words = word_sequence(read)
    if not words:
        return
    known = set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    unknown = [at for at, word in enumerate(words) if word not in known and word.isascii() and word.isalpha()]
    if len(unknown) > 1:
        best = [
            next(iter(_mended(words, at)), "") if at in unknown[:3] else word for at, word in enumerate(words)
        ]
        # A query reduced to one common word of three is another question.
        if len(list(filter(None, best))) * 2 > len(words):
            yield list(filter(None, best))
    for at in unknown[:3]:
        for mended in _mended(words, at):
            yield [*words[:at], *mended.split(), *words[at + 1 :]]
    if not unknown and len(words) > 1:
        yield from islice(_likelier(words), _CANDIDATES)
    for at in sorted(range(len(words)), key=lambda at: (words[at] in known, -at)) if len(words) > 1 else ():
        yield words[:at] + words[at + 1 :]


def _mended(words: list[str], at: int) -> list[str]:
    """Return known words for an unknown one, likeliest first: in two, a letter away, two for long words.

    First come those that stand beside the word's neighbours, the more often the earlier; among equals those
    that begin with what was typed, as the reader may not have finished.
    """
    word = words[at]
    halves = [(word[:cut], word[cut:]) for cut in range(1, len(word))]
    apart = together(halves)
    split = sorted((pair for pair in halves if apart.get(pair)), key=lambda pair: -apart[pair])
    near = _a_letter_away(word) or (_two_letters_away(word) if len(word) >= _FAR_FROM else {})
    beside = _beside(words, at, near)
    letters = sorted(
        near, key=lambda it: (-beside[it], not it.startswith(word), abs(len(it) - len(word)), -near[it], it)
    )
    return [*(" ".join(pair) for pair in split[:2]), *letters[:_CANDIDATES]]


def _likelier(words: list[str]) -> Iterator[list[str]]:
    """Yield queries with one known word changed by a letter into one that its neighbours know better."""
    found = []
    for at, word in enumerate(words[:_CANDIDATES]):
        near = _a_letter_away(word) if len(word) > 2 else {}
        beside = _beside(words, at, {word: 0} | near)
        found += [(beside[word] - beside[it], it, at) for it in near if beside[it] > beside[word]]
    for _gain, it, at in sorted(found):
        yield [*words[:at], it, *words[at + 1 :]]


def _beside(words: list[str], at: int, candidates: Mapping[str, int]) -> dict[str, int]:
    """Return how often each candidate stands beside the words before and after."""
    some = sorted(candidates, key=lambda it: -candidates[it])[: AT_ONCE // 2]
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    pairs = {it: [pair for pair in ((before, it), (it, after)) if all(pair)] for it in some}
    counted = together(pair for own in pairs.values() for pair in own)
    return dict.fromkeys(candidates, 0) | {
        it: sum(counted.get(pair, 0) for pair in own) for it, own in pairs.items()
    }


def _a_letter_away(word: str) -> dict[str, int]:
    """Return the known words one letter left out, added, changed or swapped away, with their counts."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    changed = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed |= {a + letter + b[skip:] for a, b in cuts for letter in ascii_lowercase for skip in (0, 1)}
    wanted = {it for it in changed if len(it) > 1} - {word}
    return dict(Word.objects.filter(word__in=sorted(wanted)).values_list("word", "count"))


def _two_letters_away(word: str) -> dict[str, int]:
    near = Word.objects.filter(word__startswith=word[0]).values_list("word", "count")
    return {it: count for it, count in near if it.isalpha() and 0 < distance(word, it, 2) <= 2}


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

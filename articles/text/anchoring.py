"""Finds the place of a comment's words: in the content they were written about, and in a later one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from articles.enums import CommentPlace, Outcome
from articles.text.body import Block, blocks_in
from articles.text.comparing import Piece, partners, places_of, words_between
from foundation.language.sentences import spans

_WORD = re.compile(r"\S+")
_LABELS = {CommentPlace.TITLE: "Tiêu đề", CommentPlace.LEAD: "Sapo"}
CONTEXT = 60  # letters stored on each side of a quotation
LONGEST_QUOTE = 1500
# This many words, found unchanged, are the same words even in another place.
_ENOUGH_WORDS = 4
# A sentence elsewhere with less similarity to the quoted one is a different sentence.
_ALIKE = 0.55
# When fewer than this share of the quoted words is left in their place (or one of several),
# the sentence is gone and these words are other text.
_LEFT_OVER = 0.5
_MOST_WORDS = 1500


@dataclass(frozen=True)
class Anchor:
    """Quoted words and their place: the title, the lead, or a block of the body (`block` is its number)."""

    place: str
    block: int | None
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Passage:
    """A part of a content that can be commented on. `key` names it in a form."""

    key: str
    label: str
    text: str
    sentences: list[tuple[str, str]]  # (key, words), none where the part is one sentence


@dataclass(frozen=True)
class Now:
    """What happened to quoted words: unchanged, changed into `words`, or gone. `field` is where to look."""

    outcome: str
    label: str
    words: str = ""
    field: str = ""
    pieces: tuple[Piece, ...] = ()


class Text:
    """One content, read part by part."""

    def __init__(self, content: dict[str, Any]):
        self.content = content

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks_in(self.content["body"])

    @cached_property
    def places(self) -> list[str]:
        return places_of(self.blocks)

    def words(self, place: str, block: int | None) -> str:
        """Returns the words of a part, single-spaced; "" when there is no such part."""
        if place in _LABELS:
            return " ".join(self.content[place].split())
        return self.blocks[block].line if block is not None and block < len(self.blocks) else ""

    def label(self, place: str, block: int | None) -> str:
        """Returns the part's name on screen; "" when there is no such part."""
        if place in _LABELS:
            return _LABELS[place]
        return self.places[block] if block is not None and block < len(self.places) else ""

    def field(self, place: str, block: int | None) -> str:
        """Returns the field of the writing screen, named as in `checks.Finding.field`."""
        if place in _LABELS or block is None:
            return place
        if self.blocks[block].figure is None:
            return "body"
        return f"figure-{sum(b.figure is not None for b in self.blocks[: block + 1])}"

    def passages(self) -> Iterator[Passage]:
        """Yields everything that can be commented on, in reading order."""
        for place, label in _LABELS.items():
            if self.content[place]:
                yield Passage(place, label, self.words(place, None), [])
        for number, block in enumerate(self.blocks):
            parts = [] if block.figure else spans(block.line)
            named = [(f"{number}.{n}", block.line[a:b]) for n, (a, b) in enumerate(parts)]
            yield Passage(str(number), self.places[number], block.line, named if len(named) > 1 else [])


def anchor_in(
    content: dict[str, Any],
    key: str,
    quote: str = "",
    before: str = "",
    shown: dict[str, Any] | None = None,
) -> Anchor | None:
    """Returns the anchor of a part (`Passage.key`), or of words quoted from it; None when there is no such
    part.

    `before` is the text before the quotation, which distinguishes it from equal ones. When readers are
    `shown` initials instead of names, the quotation is mapped back to the original words. If the words are
    not found, the whole part is quoted.
    """
    text = Text(content)
    found = re.fullmatch(r"(title|lead)|(\d{1,4})(?:\.(\d{1,4}))?", key, re.ASCII)
    if found is None:
        return None
    place, block = (found[1], None) if found[1] else (CommentPlace.BODY, int(found[2]))
    words = text.words(place, block)
    if not words:
        return None
    if block is not None and text.blocks[block].figure:
        return Anchor(CommentPlace.FIGURE, block, words[:LONGEST_QUOTE])
    start, end = 0, len(words)
    if found[3]:
        parts = spans(words)
        if int(found[3]) >= len(parts):
            return None
        start, end = parts[int(found[3])]
    wanted = " ".join(quote.split())
    if wanted and wanted not in words and shown:
        drawn = Text(shown).words(place, block)
        at = drawn.find(wanted)
        wanted = _counterpart(drawn, words, at, wanted) if at >= 0 else ""
    if wanted and (at := _at(words, before, wanted)) >= 0:
        start, end = _whole_words(words, at, at + len(wanted))
    end = min(end, start + LONGEST_QUOTE)
    before, after = words[max(0, start - CONTEXT) : start], words[end : end + CONTEXT]
    return Anchor(place, block, words[start:end], before, after)


def _at(text: str, before: str, wanted: str) -> int:
    """Returns the position of the words: after `before` when found there, else their first
    occurrence; or -1.
    """
    led = " ".join(before.split())
    found = re.search(rf"{re.escape(led)}\s?({re.escape(wanted)})", text) if led else None
    return found.start(1) if found else text.find(wanted)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Extends a selection to whole words: a finger often selects half of one."""
    touched = [m for m in _WORD.finditer(text) if m.end() > start and m.start() < end]
    return touched[0].start(), touched[-1].end()


class Trail:
    """Finds the words of one content in another; the blocks are matched once."""

    def __init__(self, old: dict[str, Any], new: dict[str, Any]):
        self.old, self.new = Text(old), Text(new)

    @cached_property
    def _partners(self) -> dict[int, int]:
        """In a rewritten text blocks may be paired at random, so a picture is paired only with itself."""
        old, new = self.old.blocks, self.new.blocks
        pairs = partners(old, new).items()
        return {i: j for i, j in pairs if _photo(old[i]) == _photo(new[j])}

    def label(self, anchor: Anchor) -> str:
        """Returns the place's name in the text that the comment is about."""
        return self.old.label(anchor.place, anchor.block)

    def follow(self, anchor: Anchor) -> Now:
        """Returns what happened to the anchor's words in the new content."""
        if anchor.place == CommentPlace.FIGURE:
            return self._figure(anchor)
        if anchor.place in _LABELS:
            return self._within(anchor, None) or self._gone(anchor)
        there = self._partners.get(anchor.block)
        found = self._within(anchor, there) if there is not None else None
        return found or self._elsewhere(anchor) or self._gone(anchor)

    def _figure(self, anchor: Anchor) -> Now:
        old = self.old.blocks[anchor.block].figure
        there = self._partners.get(anchor.block)
        if there is None:
            return self._gone(anchor)
        new = self.new.blocks[there].figure
        label, field = self.new.places[there], self.new.field(CommentPlace.FIGURE, there)
        said = [(old.caption, new.caption), (old.credit, new.credit), (old.alt, new.alt)]
        changes = [pair for pair in said if pair[0] != pair[1]]
        if not changes:
            return Now(Outcome.SAME, label, self.new.blocks[there].line, field)
        pieces = tuple(piece for pair in changes for piece in words_between(*pair))
        return Now(Outcome.CHANGED, label, self.new.blocks[there].line, field, pieces)

    def _within(self, anchor: Anchor, block: int | None) -> Now | None:
        """Searches the partner of the old part; None when nothing of the words is left there."""
        before, after = self.old.words(anchor.place, anchor.block), self.new.words(anchor.place, block)
        words = _counterpart(before, after, _offset(before, anchor), anchor.quote)
        if words != anchor.quote and _is_long(anchor.quote) and anchor.quote in after:
            words = anchor.quote  # the sentences only changed places
        return self._found(anchor, block, words) if words else None

    def _elsewhere(self, anchor: Anchor) -> Now | None:
        """Searches the other blocks: the exact words, or the most similar sentence."""
        if not _is_long(anchor.quote):
            return None
        best, likeness = None, _ALIKE
        for number, block in enumerate(self.new.blocks):
            if block.figure:
                continue
            if anchor.quote in block.line:
                return self._found(anchor, number, anchor.quote)
            for a, b in spans(block.line):
                alike = _likeness(anchor.quote, block.line[a:b])
                if alike > likeness:
                    best, likeness = (number, block.line[a:b]), alike
        return self._found(anchor, *best) if best else None

    def _found(self, anchor: Anchor, block: int | None, words: str) -> Now:
        label, field = self.new.label(anchor.place, block), self.new.field(anchor.place, block)
        if words == anchor.quote:
            return Now(Outcome.SAME, label, words, field)
        return Now(Outcome.CHANGED, label, words, field, tuple(words_between(anchor.quote, words)))

    def _gone(self, anchor: Anchor) -> Now:
        there = self._partners.get(anchor.block) if anchor.place == CommentPlace.BODY else None
        field = self.new.field(anchor.place, there) if anchor.place != CommentPlace.FIGURE else "body"
        return Now(Outcome.GONE, self.label(anchor), field=field or "body")


def _photo(block: Block) -> int | None:
    return block.figure.photo_id if block.figure else None


def _offset(text: str, anchor: Anchor) -> int:
    """Returns where the quotation begins; of several, the one with its context."""
    at = text.find(anchor.before + anchor.quote + anchor.after)
    return at + len(anchor.before) if at >= 0 else max(0, text.find(anchor.quote))


def _counterpart(old: str, new: str, start: int, quote: str) -> str:
    """Returns the words of `new` at the place of the quoted words in `old`; "" when there are none."""
    end = start + len(quote)
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    if max(len(before), len(after)) > _MOST_WORDS:
        return quote if quote in new else ""
    first = sum(word.end() <= start for word in before)
    last = sum(word.start() < end for word in before)
    lo, hi = _span(before, after, first, last)
    quoted, left = last - first, hi - lo
    if left < max(1, _LEFT_OVER * quoted) or (left == 1 and quoted > 2):
        return ""
    begins, ends = after[lo].start(), after[hi - 1].end()
    if _is_whole(old, start, end):
        parts = spans(new)
        begins = max((a for a, _ in parts if a <= begins), default=begins)
        ends = min((b for _, b in parts if b >= ends), default=ends)
    return new[begins:ends]


def _span(before: list[Any], after: list[Any], first: int, last: int) -> tuple[int, int]:
    """Returns the range of words in the new text that come from words first … last-1 of the old one."""
    matcher = SequenceMatcher(None, [w[0] for w in before], [w[0] for w in after], autojunk=False)
    lo, hi = len(after), 0
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            a, b = max(i1, first), min(i2, last)
            a, b = (j1 + a - i1, j1 + b - i1) if a < b else (0, 0)
        elif i1 == i2:
            a, b = (j1, j2) if first < i1 < last else (0, 0)
        else:
            a, b = (j1, j2) if max(i1, first) < min(i2, last) else (0, 0)
        if a < b:
            lo, hi = min(lo, a), max(hi, b)
    return lo, hi


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is one or more whole sentences."""
    parts = spans(text)
    return start in {a for a, _ in parts} and end in {b for _, b in parts}


def _is_long(words: str) -> bool:
    return len(words.split()) >= _ENOUGH_WORDS


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.split()[:200], other.split()[:200], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0

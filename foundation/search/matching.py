"""A search condition, independent of the database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

Phrase = tuple[str, ...]
Alternative = tuple[Phrase, ...]  # all of these phrases
Group = tuple[Alternative, ...]  # any of these


@dataclass(frozen=True)
class Clause:
    """The title (or any text) contains every phrase with its words side by side.

    The words are folded, or tone keys (`marks`). `quoted` are the phrases that the reader put in quotes. An
    index that only knows pairs of neighbours cannot guarantee longer ones. Of `groups` all must match, or any
    `least` of them.
    """

    phrases: tuple[Phrase, ...]
    marks: bool = False
    title: bool = False
    quoted: tuple[Phrase, ...] = ()
    groups: tuple[Group, ...] = ()
    least: int = 0

    def joined(self, phrase: Callable[[Phrase], str], both: str, either: str) -> str:
        """Return the condition in the words of a database: `both` and `either` join bracketed parts."""

        def any_of(group: Group) -> str:
            return either.join(f"({both.join(map(phrase, alternative))})" for alternative in group)

        parts = [phrase(words) for words in self.phrases]
        groups = [f"({any_of(group)})" for group in self.groups]
        if 0 < self.least < len(groups):
            parts.append(
                f"({either.join(f'({both.join(some)})' for some in combinations(groups, self.least))})"
            )
        else:
            parts += groups
        return both.join(parts)


@dataclass(frozen=True)
class Match:
    """Things that match `clause`, have a tag of every group of `tags`, and match no clause of `unless`."""

    clause: Clause
    tags: tuple[Phrase, ...] = ()
    unless: tuple[Clause, ...] = field(default=())


class Window(NamedTuple):
    """Places from `first` (included) to `last` (excluded); if `tags` is set, all things there have one."""

    tags: Phrase
    first: int
    last: int


@dataclass(frozen=True)
class Words:
    """The searchable words of one thing: of its title and text, folded and as tone keys; its tags."""

    title: list[str]
    text: list[str]
    title_marks: list[str]
    text_marks: list[str]
    tags: list[str]

    def in_order(self) -> tuple[str, str, str, str]:
        """Return the words of title and text, then their tone keys, each separated by single spaces."""
        lists = (self.title, self.text, self.title_marks, self.text_marks)
        title, text, title_marks, text_marks = map(" ".join, lists)
        return title, text, title_marks, text_marks

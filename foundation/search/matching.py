"""What is asked of the index, before a database's own language."""

from dataclasses import dataclass, field
from typing import NamedTuple

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """Every phrase, its words side by side, in the title or anywhere; folded, or as tone keys (`marks`).

    `quoted` are the phrases a reader put in quotes; an index that only knows pairs of neighbours cannot
    promise the longer ones.
    """

    phrases: tuple[Phrase, ...]
    marks: bool = False
    title: bool = False
    quoted: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Match:
    """Things that pass `clause`, hold a tag of every group of `tags`, and pass no clause of `unless`."""

    clause: Clause
    tags: tuple[Phrase, ...] = ()
    unless: tuple[Clause, ...] = field(default=())


class Window(NamedTuple):
    """Places from `first` up to, not including, `last`; whatever lies there has one of `tags`, if any."""

    tags: Phrase
    first: int
    last: int


@dataclass(frozen=True)
class Words:
    """The searched words of one thing: folded and as tone keys, of its title and of its text; its tags."""

    title: list[str]
    text: list[str]
    title_marks: list[str]
    text_marks: list[str]
    tags: list[str]

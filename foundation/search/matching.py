"""A search condition, independent of the database."""

from dataclasses import dataclass, field
from typing import NamedTuple

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """The title (or any text) contains every phrase with its words side by side.

    The words are folded, or tone keys (`marks`). `quoted` are the phrases that the reader put in quotes. An
    index that only knows pairs of neighbours cannot guarantee longer ones.
    """

    phrases: tuple[Phrase, ...]
    marks: bool = False
    title: bool = False
    quoted: tuple[Phrase, ...] = ()


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

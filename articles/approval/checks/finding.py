"""What a check reports (`Finding`), and how a function becomes a rule."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from articles.approval.checks.answers import Answer
from articles.approval.checks.story import CheckedStory

Content = dict[str, Any]
WORDS_IN_LINK = 8


@dataclass(frozen=True)
class Finding:
    """One thing that a rule noticed. `said` is the text it is about.

    `field` is where the writer can fix it: a field of the writing screen, or "figure-2", "heading-1" for a
    block of the body.
    """

    message: str
    field: str = ""
    hint: str = ""
    is_blocking: bool = True
    passed: bool = False
    said: str = ""
    rule: str = ""
    answer: Answer | None = None

    @property
    def key(self) -> str:
        """The key of an answer: made of the rule and the words, so an answer lapses when the words change."""
        words = hashlib.sha256((self.said or self.message).encode()).hexdigest()
        return f"{self.rule}-{words[:16]}"

    @property
    def is_open(self) -> bool:
        """Whether it is neither in order nor answered."""
        return not self.passed and self.answer is None

    @property
    def may_be_answered(self) -> bool:
        """Whether a reason is enough: only for advice. A required finding must be fixed."""
        return not self.passed and not self.is_blocking

    @property
    def anchor(self) -> str:
        """The id to link to when there is no script; blocks of the body have the id of the body."""
        return "body" if self.field.startswith(("figure-", "heading-")) else self.field

    @property
    def words_link(self) -> str:
        """A text fragment (“:~:text=…”) that finds the words on a page; empty when there are no words.

        A browser without text fragments ignores it and goes to the anchor before it.
        """
        if self.passed or not self.said or self.field not in {"title", "lead", "body"}:
            return ""
        first_words = " ".join(self.said.splitlines()[0].split()[:WORDS_IN_LINK])
        return f":~:text={quote(first_words, safe='').replace('-', '%2D')}"


def advice(message: str, field: str = "", hint: str = "", said: str = "") -> Finding:
    """Returns a finding that the writer may fix or answer with a reason."""
    return Finding(message, field, hint, is_blocking=False, said=said)


def in_order(message: str) -> Finding:
    """Returns a finding which says that something is right."""
    return Finding(message, passed=True)


Rule = Callable[[CheckedStory], Iterator[Finding]]
RULES: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    """Register a function as a rule. Answers are saved under its name, so do not rename it.

    Raises ValueError when another rule has the same name.
    """
    if function.__name__ in RULES:
        raise ValueError(f"two rules are called {function.__name__}")
    RULES[function.__name__] = function
    return function

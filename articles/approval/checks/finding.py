"""One thing the machine noticed, and how a rule is made known."""

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
    """One thing noticed: `field` is where the writer can mend it, `said` the words it is about.

    `field` names a box of the writing screen, or "figure-2", "heading-1": a block of the body.
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
        """What an answer is kept under: the rule and the words, so that it lapses when they change."""
        words = hashlib.sha256((self.said or self.message).encode()).hexdigest()
        return f"{self.rule}-{words[:16]}"

    @property
    def is_open(self) -> bool:
        """Neither in order nor answered."""
        return not self.passed and self.answer is None

    @property
    def may_be_answered(self) -> bool:
        """Advice may be answered with a reason; what is required may only be mended."""
        return not self.passed and not self.is_blocking

    @property
    def anchor(self) -> str:
        """The box of the page to go to without a script; the blocks of the body lie in the body's."""
        return "body" if self.field.startswith(("figure-", "heading-")) else self.field

    @property
    def words_link(self) -> str:
        """The words in a page that shows the story, as a text fragment; empty when it is not about words.

        A browser that does not know text fragments stays at the place they are appended to.
        """
        if self.passed or not self.said or self.field not in {"title", "lead", "body"}:
            return ""
        first_words = " ".join(self.said.splitlines()[0].split()[:WORDS_IN_LINK])
        return f":~:text={quote(first_words, safe='').replace('-', '%2D')}"


def advice(message: str, field: str = "", hint: str = "", said: str = "") -> Finding:
    """Something to look at, which the writer may answer."""
    return Finding(message, field, hint, is_blocking=False, said=said)


def in_order(message: str) -> Finding:
    return Finding(message, passed=True)


Rule = Callable[[CheckedStory], Iterator[Finding]]
RULES: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    """Make a function a rule of the list. Its name is what answers are kept under: it stays."""
    if function.__name__ in RULES:
        raise ValueError(f"two rules are called {function.__name__}")
    RULES[function.__name__] = function
    return function

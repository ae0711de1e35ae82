"""Runs all rules over one content and joins the answers to their findings."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from articles.approval.checks import rules as _rules  # noqa: F401 (importing it registers the rules)
from articles.approval.checks.answers import Answer, answers_of, read_answers
from articles.approval.checks.finding import RULES, Content, Finding
from articles.approval.checks.story import CheckedStory


def run_checks(
    content: Content, *, article_id: int | None = None, answers: Mapping[str, Answer] | None = None
) -> list[Finding]:
    """Returns every finding about a content (shape of `freezing.content_of`), each once.

    Order: required, then open advice, then answered advice, then what is in order; within each, from the top
    of the page down. `article_id` excludes the story from comparisons with other stories. The number of
    queries is bounded.
    """
    given = answers or {}
    story = CheckedStory(content, article_id)
    findings: dict[str, Finding] = {}
    for name, check in RULES.items():
        for found in check(story):
            named = replace(found, rule=name)
            answer = given.get(named.key) if named.may_be_answered else None
            findings.setdefault(named.key, replace(named, answer=answer))
    return sorted(findings.values(), key=_order)


# The order of the page from top to bottom; fields beside the text come last.
_PLACES = {"title": 0, "lead": 1, "body": 2}


def _order(finding: Finding) -> tuple[bool, bool, bool, int]:
    place = _PLACES.get(finding.anchor, len(_PLACES))
    return finding.passed, finding.answer is not None, not finding.is_blocking, place


def of_working_copy(article: Any, content: Content) -> list[Finding]:
    """Returns the findings about the working copy `article`, with its writers' reasons."""
    return run_checks(content, article_id=article.pk, answers=answers_of(article))


def of_revision(revision: Any) -> list[Finding]:
    """Returns the findings about a submitted revision, with the reasons frozen with it."""
    answers = read_answers(revision.check_answers)
    return run_checks(revision.content, article_id=revision.article_id, answers=answers)


def blocking(findings: list[Finding]) -> list[Finding]:
    """Returns what must be fixed before a story can be submitted."""
    return [finding for finding in findings if finding.is_blocking and not finding.passed]

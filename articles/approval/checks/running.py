"""All rules over one content, with the reasons given for what they said."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from articles.approval.checks import rules as _rules  # noqa: F401 (importing the package makes its rules known)
from articles.approval.checks.answers import Answer, answers_of, read_answers
from articles.approval.checks.finding import RULES, Content, Finding
from articles.approval.checks.story import CheckedStory


def run_checks(
    content: Content, *, article_id: int | None = None, answers: Mapping[str, Answer] | None = None
) -> list[Finding]:
    """Every finding about a content (shape of `freezing.content_of`).

    The same words are told of once. Required first, then advice nobody answered, then answered advice,
    then what is in order; each from the top of the page down. `article_id` keeps
    a story from being compared with itself. Asks a bounded number of queries.
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


# As a writer goes down the page; boxes beside the text come last.
_PLACES = {"title": 0, "lead": 1, "body": 2}


def _order(finding: Finding) -> tuple[bool, bool, bool, int]:
    place = _PLACES.get(finding.anchor, len(_PLACES))
    return finding.passed, finding.answer is not None, not finding.is_blocking, place


def of_working_copy(article: Any, content: Content) -> list[Finding]:
    """Findings about a story as it stands, with its writers' reasons."""
    return run_checks(content, article_id=article.pk, answers=answers_of(article))


def of_revision(revision: Any) -> list[Finding]:
    """Findings about what was submitted, with the reasons frozen beside it."""
    answers = read_answers(revision.check_answers)
    return run_checks(revision.content, article_id=revision.article_id, answers=answers)


def blocking(findings: list[Finding]) -> list[Finding]:
    """What must be mended before a story can be submitted."""
    return [finding for finding in findings if finding.is_blocking and not finding.passed]

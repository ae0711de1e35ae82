"""Reasons people give for what the machine noticed: given, kept, frozen beside a submission."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils import timezone

from articles.models import Article, CheckAnswer

REASON_LIMIT = 200
PREFIX = "answer-"  # an answer's box in a form: "answer-" + the finding's key


class Answer(NamedTuple):
    """One reason, who gave it and when (in words fit for the page)."""

    reason: str
    by: str
    at: str


def answers_of(article: Article) -> dict[str, Answer]:
    """Reasons by key of the finding. One query."""
    rows = CheckAnswer.objects.filter(article=article).select_related("answered_by")
    return {row.key: Answer(row.reason, str(row.answered_by), _moment(row.answered_at)) for row in rows}


def _moment(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"


def answer_finding(article: Article, finding: Any, reason: str, *, by: Any) -> bool:
    """Keep a reason (one line, the first REASON_LIMIT letters); an empty one takes the answer back.

    Returns whether something is kept. Only advice takes an answer.
    """
    words = " ".join(reason.split())[:REASON_LIMIT]
    if not finding.may_be_answered:
        return False
    if not words:
        CheckAnswer.objects.filter(article=article, key=finding.key).delete()
        return False
    values = {"said": finding.message, "reason": words, "answered_by": by}
    CheckAnswer.objects.update_or_create(article=article, key=finding.key, defaults=values)
    return True


def answer_typed(article: Article, findings: Iterable[Any], typed: Mapping[str, str], *, by: Any) -> int:
    """Keep every reason typed into the boxes of a form; says how many. Empty boxes say nothing."""
    given = [(f, typed.get(PREFIX + f.key, "")) for f in findings if f.may_be_answered]
    return sum(answer_finding(article, found, reason, by=by) for found, reason in given if reason.strip())


def answers_to_freeze(findings: Iterable[Any]) -> list[dict[str, str]]:
    """The reasons that still belong to a finding, as a submission keeps them beside its content."""
    return [{"key": f.key, **f.answer._asdict()} for f in findings if f.answer]


def read_answers(frozen: Iterable[Mapping[str, str]]) -> dict[str, Answer]:
    return {row["key"]: Answer(row["reason"], row["by"], row["at"]) for row in frozen}

"""Reasons that people give for findings: saved on the working copy, then frozen with a submission."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils import timezone

from articles.models import Article, CheckAnswer
from foundation.language.plain import clean_line

REASON_LIMIT = 200
PREFIX = "answer-"  # name of an answer's box in a form: "answer-" + the finding's key


class Answer(NamedTuple):
    """One reason, who gave it, and when (formatted for the page)."""

    reason: str
    by: str
    at: str


def answers_of(article: Article) -> dict[str, Answer]:
    """Returns the reasons by the finding's key. Makes one query."""
    rows = CheckAnswer.objects.filter(article=article).select_related("answered_by")
    return {row.key: Answer(row.reason, str(row.answered_by), _moment(row.answered_at)) for row in rows}


def _moment(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"


def answer_finding(article: Article, finding: Any, reason: str, *, by: Any) -> bool:
    """Save a reason (one line, cut to REASON_LIMIT letters); an empty reason deletes the answer.

    Returns whether a reason is now saved. Only advice can be answered: for any other finding nothing changes.
    """
    words = " ".join(clean_line(reason).split())[:REASON_LIMIT]
    if not finding.may_be_answered:
        return False
    if not words:
        CheckAnswer.objects.filter(article=article, key=finding.key).delete()
        return False
    values = {"said": finding.message, "reason": words, "answered_by": by}
    CheckAnswer.objects.update_or_create(article=article, key=finding.key, defaults=values)
    return True


def answer_typed(article: Article, findings: Iterable[Any], typed: Mapping[str, str], *, by: Any) -> int:
    """Save every reason typed into a form's boxes and return how many. An empty box changes nothing."""
    given = [(f, typed.get(PREFIX + f.key, "")) for f in findings if f.may_be_answered]
    return sum(answer_finding(article, found, reason, by=by) for found, reason in given if reason.strip())


def answers_to_freeze(findings: Iterable[Any]) -> list[dict[str, str]]:
    """Returns the reasons that still belong to a finding, as a `Revision` stores them."""
    return [{"key": f.key, **f.answer._asdict()} for f in findings if f.answer]


def read_answers(frozen: Iterable[Mapping[str, str]]) -> dict[str, Answer]:
    """Returns the frozen reasons (`Revision.check_answers`) by the finding's key."""
    return {row["key"]: Answer(row["reason"], row["by"], row["at"]) for row in frozen}

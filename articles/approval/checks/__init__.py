"""The pre-flight list: what the machine noticed in exactly what would be frozen.

A rule is one small function in one file of `articles.approval.checks.rules`; nothing else has to know it.
"""

from articles.approval.checks.answers import Answer, answers_of, answers_to_freeze
from articles.approval.checks.finding import Content, Finding
from articles.approval.checks.running import blocking, of_revision, of_working_copy, run_checks

__all__ = [
    "Answer",
    "Content",
    "Finding",
    "answers_of",
    "answers_to_freeze",
    "blocking",
    "of_revision",
    "of_working_copy",
    "run_checks",
]

"""The pre-flight list: what the checks find in exactly the content that a submission would freeze.

A rule is one function in a file of `articles.approval.checks.rules`; no other module names it.
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

"""The pre-flight list: what the machine noticed in exactly what would be frozen.

A rule is one small function in one file of `articles.checks.rules`; nothing else has to know it.
"""

from articles.checks.answers import Answer, answers_of, answers_to_freeze
from articles.checks.finding import Content, Finding
from articles.checks.running import blocking, of_revision, of_working_copy, run

__all__ = [
    "Answer",
    "Content",
    "Finding",
    "answers_of",
    "answers_to_freeze",
    "blocking",
    "of_revision",
    "of_working_copy",
    "run",
]

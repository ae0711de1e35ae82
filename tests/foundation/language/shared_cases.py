"""Which cases and stories, kept beside the project and not in it, do the language rules answer to?"""

import json
from functools import cache

import pytest

from tests.shared import SHARED

CASES = SHARED / "vietnamese-cases.json"
NEWS = SHARED / "corpora" / "news" / "articles.jsonl"


def cases(*areas: str) -> list:
    """Return the cases of some areas as pytest parameters, or one that skips with the reason."""
    if not CASES.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="shared/vietnamese-cases.json is absent"))]
    found = [case for case in json.loads(CASES.read_text("utf-8")) if case["area"] in areas]
    assert found, f"no case of {areas}: the file has changed its words"
    return [pytest.param(case, id=case["id"]) for case in found]


@cache
def news_paragraphs() -> tuple[str, ...]:
    """Return every title, lead, paragraph and caption of the news corpus, or skip without it."""
    if not NEWS.exists():
        pytest.skip("shared/corpora/news is absent")
    paragraphs = []
    with NEWS.open(encoding="utf-8") as lines:
        for story in map(json.loads, lines):
            paragraphs += [story["title"], story["lead"], *story["body"], *story["captions"]]
    return tuple(paragraph for paragraph in paragraphs if paragraph.strip())

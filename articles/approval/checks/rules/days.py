"""Days: “sáng nay” is still read next week."""

import re
from collections.abc import Iterator

from articles.approval.checks.finding import Finding, advice, rule
from articles.approval.checks.story import CheckedStory, outside_quotes

MOST = 3
_DATED = re.compile(r"\b\d{1,2}\s*[/.-]\s*\d{1,2}\b|\bngày \d{1,2}\b|\bmùng \d", re.IGNORECASE)
_TODAY = re.compile(
    r"(?P<word>\b(?:sáng|trưa|chiều|tối|đêm) (?:nay|qua)\b"
    r"|\bngày mai\b(?=[,(])|\bhôm (?:qua|kia)\b|\bngày hôm nay\b(?=[,(])"
    r"|^(?:Hôm nay|Vừa qua)\b)",
    re.IGNORECASE,
)


@rule
def undated_day(story: CheckedStory) -> Iterator[Finding]:
    """A day relative to today (“sáng nay”), when no date comes before it in the lead or body."""
    told = 0
    for passage in story.passages:
        if passage.field == "title":
            continue
        for sentence in passage.sentences:
            if _DATED.search(sentence):
                return  # from here on the reader knows which day is meant
            found = _TODAY.search(outside_quotes(sentence))
            if found and told < MOST:
                told += 1
                yield advice(
                    f"“{found['word']}” chưa rõ là ngày nào",
                    passage.field,
                    "Ghi thêm ngày, ví dụ: “Sáng 10/11, …”. Bài còn được đọc về sau.",
                    said=sentence,
                )

"""A source mark typed into the sapo (“GD&TĐ - …”). It has its own box, so typed it would appear twice."""

from collections.abc import Iterator

from articles.approval.checks.finding import Finding, advice, rule
from articles.approval.checks.story import CheckedStory
from articles.text.pasting import split_source_mark


@rule
def typed_source_mark(story: CheckedStory) -> Iterator[Finding]:
    """The lead begins with a source mark."""
    mark, _ = split_source_mark(story.content["lead"])
    if mark:
        yield advice(
            f"Sapo mở đầu bằng “{mark} -”",
            "source_mark",
            f"Ghi {mark} vào ô Nguồn rồi bỏ ở đầu sapo; trang tự đặt lại trước sapo.",
            said=story.content["lead"],
        )

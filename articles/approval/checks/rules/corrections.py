"""A change of a public text needs a notice to readers, or a reason why there is none."""

from collections.abc import Iterator

from articles.approval.checks.finding import Finding, rule
from articles.approval.checks.story import CheckedStory
from articles.approval.corrections import is_missing, shown_content


@rule
def change_of_a_public_text(story: CheckedStory) -> Iterator[Finding]:
    if is_missing(story.content, shown_content(story.article_id)):
        yield Finding(
            "Bài đang đăng: chưa ghi lần sửa này là gì",
            "correction_kind",
            "Sửa lỗi gõ thì ghi lý do; cập nhật, đính chính, cải chính thì ghi thông báo với bạn đọc.",
        )

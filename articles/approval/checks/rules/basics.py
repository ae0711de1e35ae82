"""What every story needs: title, sapo, text, section, and a name under it."""

from collections.abc import Iterator

from articles.approval.checks.finding import Finding, advice, in_order, rule
from articles.approval.checks.story import CheckedStory

TITLE_LIMIT, LEAD_LIMIT = 90, 300
MEND_HEADING = "Gõ chữ cho mục đó hoặc xóa đi."


def _required(story: CheckedStory, key: str, name: str, hint: str = "") -> Iterator[Finding]:
    if not story.content[key]:
        yield Finding(f"Chưa có {name}", key, hint or "Bắt buộc trước khi gửi.")


@rule
def title(story: CheckedStory) -> Iterator[Finding]:
    words = story.content["title"]
    yield from _required(story, "title", "tiêu đề")
    if len(words) > TITLE_LIMIT:
        yield advice(f"Tiêu đề dài {len(words)} ký tự", "title", "Nên dưới 90 ký tự.", said=words)
    elif words:
        yield in_order(f"Tiêu đề {len(words)} ký tự (nên dưới 90)")


@rule
def lead(story: CheckedStory) -> Iterator[Finding]:
    words = story.content["lead"]
    yield from _required(story, "lead", "sapo", "Một đoạn ngắn: ai, việc gì, ở đâu, khi nào.")
    if len(words) > LEAD_LIMIT:
        yield advice(f"Sapo dài {len(words)} ký tự", "lead", "Nên trong khoảng 200 ký tự.", said=words)
    elif words:
        yield in_order(f"Sapo {len(words)} ký tự")


@rule
def body(story: CheckedStory) -> Iterator[Finding]:
    if not any(block.text for block in story.blocks):
        yield Finding("Chưa có nội dung bài", "body", "Bắt buộc trước khi gửi.")


@rule
def headings(story: CheckedStory) -> Iterator[Finding]:
    found = [block.text for block in story.blocks if block.is_heading]
    for number, words in enumerate(found, 1):
        if not words:
            yield Finding(f"Tiêu đề mục thứ {number} để trống", f"heading-{number}", MEND_HEADING)


@rule
def section(story: CheckedStory) -> Iterator[Finding]:
    yield from _required(story, "section", "chuyên mục", "Chọn ở khung Thông tin bài.")


@rule
def bylines(story: CheckedStory) -> Iterator[Finding]:
    if not story.content["bylines"] and not story.content["source_mark"]:
        yield Finding("Chưa ghi người viết hoặc nguồn", "bylines", "Ghi tên người viết, hoặc nguồn bài.")


@rule
def event_link(story: CheckedStory) -> Iterator[Finding]:
    if story.content["event"]:
        yield in_order("Đã gắn sự kiện và đơn vị")
    elif story.content["kind"] == "conference":
        yield advice("Tin hội nghị chưa gắn sự kiện", "event", "Chọn ở khung Thông tin bài, nếu có.")

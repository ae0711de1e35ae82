"""Pictures: the words that each needs, the right to use it, and whether it was published recently."""

import datetime
from collections.abc import Iterator

from articles.approval.checks.finding import Finding, advice, in_order, rule
from articles.approval.checks.story import CheckedStory
from articles.models import PublishedArticle
from foundation.language.vietnamese import fold
from media.models import PhotoExposure

RECENTLY = datetime.timedelta(days=90)
MOST_PHOTOS = 12  # one query each
NEEDED = "Bắt buộc trước khi gửi."


@rule
def figure_words(story: CheckedStory) -> Iterator[Finding]:
    missing = 0
    for number, figure in enumerate(story.content["figures"], 1):
        wants = []
        if not figure["caption"]:
            wants.append("chú thích")
        if not figure["credit"]:
            wants.append("tác giả ảnh (Ảnh của)")
        if not figure["alt"] and not figure["decorative"]:
            wants.append("mô tả")
        for want in wants:
            yield Finding(f"Ảnh {number} chưa có {want}", f"figure-{number}", NEEDED)
        if not figure["content_hash"]:
            yield Finding(
                f"Ảnh {number} không còn trong kho", f"figure-{number}", "Gỡ ảnh này rồi chèn ảnh khác."
            )
        missing += bool(wants)
    if story.content["figures"] and not missing:
        yield in_order(f"{len(story.content['figures'])} ảnh có chú thích, nguồn và mô tả")


@rule
def photo_rights(story: CheckedStory) -> Iterator[Finding]:
    for number, figure in enumerate(story.content["figures"], 1):
        photo = story.photos.get(figure["photo"])
        if photo and photo.rights_until and photo.rights_until < story.today:
            yield Finding(
                f"Ảnh {number} đã hết thời hạn sử dụng",
                f"figure-{number}",
                "Xin lại quyền hoặc chọn ảnh khác.",
            )


@rule
def doubled_captions(story: CheckedStory) -> Iterator[Finding]:
    """Pasting often brings a caption twice: as the caption and as a paragraph next to the picture."""
    number = 0
    for place, block in enumerate(story.blocks):
        if block.tag != "figure":
            continue
        number += 1
        caption, field = fold(block.text), f"figure-{number}"
        if not caption:
            continue
        beside = story.blocks[max(place - 1, 0) : place] + story.blocks[place + 1 : place + 2]
        if any(fold(other.text) == caption for other in beside if other.tag != "figure"):
            yield advice(
                f"Chú thích ảnh {number} còn lặp lại thành một đoạn văn",
                field,
                "Xóa đoạn thừa ngay trên hoặc dưới ảnh.",
                said=block.text,
            )
        alt = story.content["figures"][number - 1]["alt"]
        if alt and fold(alt) == caption:
            yield advice(
                f"Mô tả ảnh {number} chép lại chú thích",
                field,
                "Mô tả điều nhìn thấy trong ảnh cho người không xem được ảnh.",
                said=block.text,
            )


def _latest_stories_with(photo: int) -> list[int]:
    """One indexed query for each photo, so a photo used in thousands of stories costs the same."""
    latest = PhotoExposure.objects.filter(photo=photo).order_by("-pk").values_list("subject", flat=True)[:20]
    return [int(subject.removeprefix("article:")) for subject in latest if subject.startswith("article:")]


@rule
def photo_seen_lately(story: CheckedStory) -> Iterator[Finding]:
    """A photo that a live story published within RECENTLY already shows."""
    numbers = {figure["photo"]: n for n, figure in enumerate(story.content["figures"], 1)}
    uses = [
        (photo, article)
        for photo in list(numbers)[:MOST_PHOTOS]
        for article in _latest_stories_with(photo)
        if article != story.article_id
    ]
    if not uses:
        return
    since = datetime.datetime.combine(story.today - RECENTLY, datetime.time.min, datetime.UTC)
    pages = PublishedArticle.objects.live().filter(pk__in={a for _, a in uses}, published_at__gte=since)
    titles = dict(pages.values_list("pk", "title"))
    said = {photo: titles[article] for photo, article in uses if article in titles}
    for photo, seen in said.items():
        yield advice(
            f"Ảnh {numbers[photo]} vừa đăng trong bài “{seen}”",
            f"figure-{numbers[photo]}",
            "Nếu có, hãy chọn ảnh khác của việc này.",
            said=f"{photo} {seen}",
        )

"""The pre-flight list: one small function a rule, run on exactly what would be frozen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from articles.text import headings_in, plain_text
from media.models import Photo

Content = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One thing the machine noticed: `field` is where the writer can mend it."""

    message: str
    field: str = ""
    hint: str = ""
    is_blocking: bool = True
    passed: bool = False


Rule = Callable[[Content], Iterator[Finding]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    RULES.append(function)
    return function


def run(content: Content) -> list[Finding]:
    """Every finding about a content (shape of `freezing.content_of`): failing first, then advice."""
    findings = [finding for check in RULES for finding in check(content)]
    return sorted(findings, key=lambda f: (f.passed, not f.is_blocking))


def blocking(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_blocking and not finding.passed]


def _required(content: Content, key: str, name: str, hint: str = "") -> Iterator[Finding]:
    if not content[key]:
        yield Finding(f"Chưa có {name}", key, hint or "Bắt buộc trước khi gửi.")


@rule
def title(content: Content) -> Iterator[Finding]:
    length = len(content["title"])
    yield from _required(content, "title", "tiêu đề")
    if length > 90:
        yield Finding(f"Tiêu đề dài {length} chữ cái", "title", "Nên dưới 90 chữ cái.", is_blocking=False)
    elif length:
        yield Finding(f"Tiêu đề {length} chữ cái (nên dưới 90)", "title", passed=True)


@rule
def lead(content: Content) -> Iterator[Finding]:
    length = len(content["lead"])
    yield from _required(content, "lead", "sapo", "Một đoạn ngắn: ai, việc gì, ở đâu, khi nào.")
    if length > 300:
        yield Finding(
            f"Sapo dài {length} chữ cái", "lead", "Nên trong khoảng 200 chữ cái.", is_blocking=False
        )
    elif length:
        yield Finding(f"Sapo {length} chữ cái", "lead", passed=True)


@rule
def body(content: Content) -> Iterator[Finding]:
    if not plain_text(content["body"]):
        yield Finding("Chưa có nội dung bài", "body", "Bắt buộc trước khi gửi.")
    if any(not heading for heading in headings_in(content["body"])):
        yield Finding("Có một tiêu đề mục để trống", "body", "Gõ chữ cho mục đó hoặc xóa đi.")


@rule
def section(content: Content) -> Iterator[Finding]:
    yield from _required(content, "section", "chuyên mục", "Chọn ở khung Thông tin bài.")


@rule
def bylines(content: Content) -> Iterator[Finding]:
    if not content["bylines"] and not content["source_mark"]:
        yield Finding("Chưa ghi người viết hoặc nguồn", "bylines", "Ghi tên người viết, hoặc nguồn bài.")


@rule
def figures(content: Content) -> Iterator[Finding]:
    missing = 0
    for number, figure in enumerate(content["figures"], 1):
        place = f"figure-{number}"
        wants = []
        if not figure["caption"]:
            wants.append("chú thích")
        if not figure["credit"]:
            wants.append("tên người chụp (Ảnh của)")
        if not figure["alt"] and not figure["decorative"]:
            wants.append("mô tả")
        for want in wants:
            yield Finding(f"Ảnh {number} chưa có {want}", place, "Bắt buộc trước khi gửi.")
        if not figure["content_hash"]:
            yield Finding(f"Ảnh {number} không còn trong kho", place, "Gỡ ảnh này rồi chèn ảnh khác.")
        missing += bool(wants)
    if content["figures"] and not missing:
        yield Finding(f"{len(content['figures'])} ảnh có chú thích, nguồn và mô tả", passed=True)


@rule
def photo_rights(content: Content) -> Iterator[Finding]:
    from_library = Photo.objects.in_bulk({figure["photo"] for figure in content["figures"]})
    for number, figure in enumerate(content["figures"], 1):
        photo = from_library.get(figure["photo"])
        if photo and photo.rights_until and photo.rights_until < timezone.localdate():
            yield Finding(
                f"Ảnh {number} đã hết thời hạn sử dụng",
                f"figure-{number}",
                "Xin lại quyền hoặc chọn ảnh khác.",
            )


@rule
def event_link(content: Content) -> Iterator[Finding]:
    if content["kind"] == "conference" and not content["event"]:
        yield Finding(
            "Tin hội nghị chưa gắn sự kiện", "event", "Chọn ở khung Thông tin bài, nếu có.", is_blocking=False
        )
    elif content["event"]:
        yield Finding("Đã gắn sự kiện và đơn vị", passed=True)

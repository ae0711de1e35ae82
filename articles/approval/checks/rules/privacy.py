"""Personal data, above all pupils', that must not be on a public page (Luật BVDLCN 2025, NĐ 356/2025)."""

import re
from collections.abc import Iterator

from articles.approval.checks.finding import Finding, advice, rule
from articles.approval.checks.story import CheckedStory, outside_quotes
from articles.text.person_names import children_in

_IDENTITY = re.compile(r"(?<![\d.,])\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}(?![\d.,]*\d)")
_MOBILE = re.compile(r"(?<![\d.,])(?:\+84|0)[ .-]?[35789]\d(?:[ .-]?\d){7}(?![.,]?\d)")
_MONEY = re.compile(r"\s*(?:đồng|đ\b|VNĐ|VND|tỷ|tỉ|triệu)", re.IGNORECASE)
_PRIVATE = re.compile(r"\bhộ (?:cận )?nghèo\b|\bmồ côi\b|\bkhuyết tật\b|\bbệnh hiểm nghèo\b", re.IGNORECASE)
_BORN = re.compile(r"\bsinh ngày\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}", re.IGNORECASE)
NEVER = "Dữ liệu cá nhân không đăng lên trang công khai. Nếu đây là số khác, ghi lý do."


@rule
def identity_numbers(story: CheckedStory) -> Iterator[Finding]:
    for passage in story.passages:
        for found in _IDENTITY.finditer(passage.text):
            if _MOBILE.match(found[0]) or _MONEY.match(passage.text[found.end() :]):
                continue
            yield advice(f"“{found[0]}” giống số căn cước", passage.field, NEVER, said=found[0])


@rule
def phone_numbers(story: CheckedStory) -> Iterator[Finding]:
    for passage in story.passages:
        for found in _MOBILE.finditer(passage.text):
            yield advice(f"“{found[0]}” giống số điện thoại di động", passage.field, NEVER, said=found[0])


@rule
def pupils_in_hardship(story: CheckedStory) -> Iterator[Finding]:
    """Poverty, orphanhood, disability, illness or a birth date in one sentence with a pupil's full name."""
    for passage in story.passages:
        for sentence in passage.sentences:
            pupil = next(iter(children_in(sentence)), None)
            what = _PRIVATE.search(sentence) or _BORN.search(outside_quotes(sentence))
            if pupil and what:
                yield advice(
                    f"“{what[0]}” đứng cạnh tên em {pupil.text}",
                    passage.field,
                    "Hoàn cảnh riêng của học sinh không đăng kèm họ tên: bỏ chi tiết, hoặc viết tắt tên.",
                    said=sentence,
                )

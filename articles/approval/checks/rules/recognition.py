"""Commendations: what a story says of them, compared with the decision and with the law."""

import re
from collections.abc import Iterator

from articles.approval.checks.finding import Finding, advice, in_order, rule
from articles.approval.checks.story import CheckedPassage, CheckedStory, excerpt
from awards.counting import phrase
from foundation.language.numbers import COUNT, read_count

_ABOUT = re.compile(r"[Kk]hen|KHEN|[Dd]ương")
_COUNTED = re.compile(rf"{COUNT}\s*(?:\(\d+\)\s*)?(?P<what>tập thể|cá nhân)\b", re.IGNORECASE)
_COMMENDING = re.compile(r"\b(?:giấy|bằng) khen|khen thưởng|được khen|biểu dương|tuyên dương", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:trao|tặng|trao tặng|nhận|đón nhận)(?: \d+)? giấy khen\b|\bđược (?:\w+ ){0,8}tặng giấy khen\b",
    re.IGNORECASE,
)
# Điều 80, Luật 06/2022/QH15: a Sở or a unit gives giấy khen; only levels above them give bằng khen.
_OFFICE = r"(?:Giám đốc Sở|lãnh đạo Sở|Sở (?:GD|Giáo dục)|Hiệu trưởng|phòng (?:GD|Giáo dục)|nhà trường)"
_BY_OFFICE = re.compile(
    rf"\b{_OFFICE}[^.;]{{0,60}}?\b(?:trao|tặng|trao tặng|khen thưởng)\b[^.;]{{0,30}}?"
    r"bằng khen(?P<rest>[^.;]{0,60})"
    rf"|bằng khen của {_OFFICE}",
    re.IGNORECASE,
)
_FROM_ABOVE = re.compile(
    r"của\s+(?:Thủ tướng|Bộ|Chủ tịch|UBND|Ủy ban|Uỷ ban|tỉnh|Tỉnh|Trung ương|Liên đoàn|Công đoàn|Hội|Đoàn)"
)


@rule
def counts_match_the_decision(story: CheckedStory) -> Iterator[Finding]:
    """“2 tập thể và 5 cá nhân” compared with the rows of the linked decision."""
    expected = {"tập thể": story.commended.collectives, "cá nhân": story.commended.individuals}
    if not story.commended.total:
        return
    agreed = False
    for passage, sentence in _sentences(story):
        if not _COMMENDING.search(sentence):
            continue
        said = [(read_count(found["count"]), found["what"].lower()) for found in _COUNTED.finditer(sentence)]
        said = [(number, what) for number, what in said if number]
        if said and all(expected[what] == number for number, what in said):
            agreed = True
        elif said:
            yield advice(
                f"Bài ghi {' và '.join(f'{n} {what}' for n, what in said)}; "
                f"quyết định {story.decision_name} khen {phrase(story.commended)}",
                passage.field,
                "Đối chiếu bài với danh sách trong quyết định.",
                said=sentence,
            )
    if agreed:
        yield in_order(f"{phrase(story.commended).capitalize()}: khớp quyết định {story.decision_name}")


@rule
def given_without_decision(story: CheckedStory) -> Iterator[Finding]:
    """The story says that giấy khen were given, but no decision is linked."""
    if story.content["commendation_decision"]:
        return
    for passage, sentence in _sentences(story):
        if _GIVEN.search(sentence):
            yield advice(
                "Bài nói đã trao giấy khen nhưng chưa gắn quyết định",
                "commendation_decision",
                "Chọn quyết định ở khung Thông tin bài; nếu chưa có trong sổ, ghi lý do.",
                said=sentence if passage.field else "",
            )
            return


@rule
def office_gives_no_bang_khen(story: CheckedStory) -> Iterator[Finding]:
    """The story says that a Sở or unit gave bằng khen, which only higher levels may give."""
    for passage, sentence in _sentences(story):
        found = _BY_OFFICE.search(sentence)
        if found and "đề nghị" not in found[0] and not _FROM_ABOVE.match((found["rest"] or "").strip()):
            yield advice(
                f"“{excerpt(found[0])}”: Sở và đơn vị tặng giấy khen, không tặng bằng khen",
                passage.field,
                "Bằng khen là của Thủ tướng, bộ, Chủ tịch UBND tỉnh. Xem lại tên gọi hoặc nơi tặng.",
                said=found[0],
            )


def _sentences(story: CheckedStory) -> Iterator[tuple[CheckedPassage, str]]:
    """Yields sentences that may be about a commendation: a cheap filter before the slow patterns."""
    for passage in story.passages:
        for sentence in passage.sentences:
            if _ABOUT.search(sentence):
                yield passage, sentence

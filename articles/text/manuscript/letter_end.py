"""The end of an official letter below a story: who receives it (“Nơi nhận”), who signs it.

Form: Decree 30/2020/NĐ-CP, appendix I. What stands above a story is `letterhead`.
"""

import re

from lxml import html
from lxml.html import HtmlElement

from articles.text.manuscript.letterhead import lines_of
from articles.text.shaping import words
from foundation.language.vietnamese import fold

_LAST = 24  # blocks at the end that may belong to it
_LONGEST_LINE, _MOST_WORDS, _MOST_ROWS = 120, 120, 3
_RECEIVERS = re.compile(r"\W*noi nhan\b")
_POST = re.compile(
    r"\W*(?:(?:kt|tm|tl|tuq)\b|(?:pho |q\. ?)?(?:hieu truong|giam doc|chu tich|bi thu|truong (?:phong|ban)"
    r"|truong doan|chanh van phong|cuc truong|vu truong|bo truong|thu truong)\b|hieu pho\b|to truong\b"
    r"|ban giam hieu\b|ban to chuc\b|nguoi (?:viet|lap|bao cao)\b|thu ky\b|tong phu trach\b)"
)
_SIGNED = re.compile(r"\W*(?:da ky|ky ten|ky, ?(?:ghi|dong)|ky va|dong dau)\b")
_DAY = re.compile(r".{0,40}\bngay\s*[\d.…_\s]{0,6}\s*thang\s*[\d.…_\s]{0,6}\s*nam\s*[\d.…_]{0,6}\W*")
_RECEIVER = re.compile(r"\s*[-–—+•*]\s*\S.*")
_TITLE = re.compile(r"(?:ths|ts|pgs|gs|cn|bs|ks|thac si|tien si)\.?")
_LONGEST_NAME = 7  # words, with a degree


def take_letter_end(root: HtmlElement) -> str:
    """Remove the end of a letter from a body's tree. Returns it as HTML; "" without one.

    It begins with “Nơi nhận” or with a post in capitals, and everything after it belongs to it. A body that
    is nothing else stays.
    """
    blocks = [block for block in list(root)[-_LAST:] if not _is_list_of_notes(block)]
    begins = len(blocks)
    while begins and _is_of_end(blocks[begins - 1]):
        begins -= 1
    while begins < len(blocks) and not _opens(blocks[begins]):
        begins += 1
    if 0 < begins < len(blocks) and _is_day(blocks[begins - 1]):
        begins -= 1
    taken = blocks[begins:]
    if not taken or len(taken) == len(root):
        return ""
    kept = "".join(html.tostring(block, encoding="unicode", with_tail=False) for block in taken)
    for block in taken:
        block.drop_tree()
    return kept


def _is_list_of_notes(block: HtmlElement) -> bool:
    """Whether it is the footnotes, which stand under everything."""
    is_last = block.tag == "ol" and block.getnext() is None
    return is_last and "[1]" in block.getparent().text_content()


def _is_day(block: HtmlElement) -> bool:
    lines = _lines(block)
    return block.tag == "p" and bool(lines) and all(_DAY.fullmatch(fold(line)) for line in lines)


def _opens(block: HtmlElement) -> bool:
    return any(_RECEIVERS.match(fold(line)) or _is_post(line) for line in _lines(block))


def _is_of_end(block: HtmlElement) -> bool:
    lines = _lines(block)
    if block.tag == "table":
        is_short = sum(len(line.split()) for line in lines) <= _MOST_WORDS
        return is_short and len(block.findall(".//tr")) <= _MOST_ROWS and _opens(block)
    if block.tag in {"ul", "ol"}:  # recipients, written as a list
        return all(len(line) <= _LONGEST_LINE and line.endswith((";", ".", ",")) for line in lines)
    return block.tag in {"p", "h2", "h3"} and all(map(_is_line, lines))


def _lines(block: HtmlElement) -> list[str]:
    cells = list(block.iter("p", "td", "th", "li")) if block.tag in {"table", "ul", "ol"} else [block]
    return [line for cell in cells if cell.find("p") is None for line in lines_of(cell)]


def _is_line(line: str) -> bool:
    folded = fold(line)
    if len(line) > _LONGEST_LINE:
        return False
    known = _RECEIVERS.match(folded) or _SIGNED.match(folded) or _RECEIVER.fullmatch(line)
    return bool(known or _DAY.fullmatch(folded)) or _is_post(line) or _is_name(line)


def _is_post(line: str) -> bool:
    return line.isupper() and bool(_POST.match(fold(line)))


def _is_name(line: str) -> bool:
    parts = [part for part in words(line).split() if not _TITLE.fullmatch(fold(part))]
    return 2 <= len(parts) <= _LONGEST_NAME and all(part[:1].isupper() for part in parts)

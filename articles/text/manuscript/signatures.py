"""Lines such as “Tin, ảnh: Nguyễn Văn A” under (or over) a story: who wrote it, whose pictures they are."""

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from articles.enums import BylineRole
from articles.text.shaping import words
from foundation.language.vietnamese import fold

_LAST, _FIRST = 4, 3  # blocks at the end and at the beginning that may be such a line
_LINE = re.compile(
    r"(?i)\A\W*(?P<what>(?:(?:tin|bài|ảnh|hình|tin bài|bài viết|người viết|tác giả|viết bài|chụp ảnh|"
    r"hình ảnh)"
    r"(?:\s*(?:,|và|&|-|–|/|\+)\s*)?){1,3})\s*:\s*(?P<who>[^:\d@]{2,80}?)\W*\Z"
)
_PICTURES = re.compile(r"anh|hinh")
_WORDS = re.compile(r"tin|bai|nguoi viet|tac gia")
_BETWEEN = re.compile(r"\s*(?:,|;|\bvà\b|&|\s[-–]\s)\s*")


class Signature(NamedTuple):
    """One name of a byline, with its role (a value of BylineRole)."""

    name: str
    role: str


def take_signatures(root: HtmlElement) -> list[Signature]:
    """Remove the lines that sign a story from its tree. Returns their names in order."""
    blocks = [block for block in root if block.tag == "p"]
    found: list[Signature] = []
    for block in dict.fromkeys([*blocks[:_FIRST], *blocks[-_LAST:]]):
        line = _LINE.match(words(block.text_content()))
        signed = _signed(line) if line else []
        if signed and not _is_caption(block, line):
            found += signed
            block.drop_tree()
    return list(dict.fromkeys(found))


def _is_caption(block: HtmlElement, line: re.Match[str]) -> bool:
    """“Ảnh: …” right under a picture, with text still to come, is about that picture alone."""
    only_pictures = not _WORDS.search(fold(line["what"]))
    before, after = block.getprevious(), block.getnext()
    return only_pictures and before is not None and before.tag == "figure" and after is not None


def _signed(line: re.Match[str]) -> list[Signature]:
    what = fold(line["what"])
    pictures, text = bool(_PICTURES.search(what)), bool(_WORDS.search(what))
    role = (
        BylineRole.TEXT_AND_PHOTO if pictures and text else BylineRole.PHOTO if pictures else BylineRole.TEXT
    )
    names = [words(name) for name in _BETWEEN.split(line["who"])]
    good = [name for name in names if 1 <= len(name.split()) <= 6 and name[:1].isupper()]
    return [Signature(name, role.value) for name in good] if len(good) == len([n for n in names if n]) else []


def credit_of(signatures: list[Signature]) -> str:
    """Returns the one name under the pictures; "" when there is none, or more than one."""
    roles = (BylineRole.PHOTO.value, BylineRole.TEXT_AND_PHOTO.value)
    names = [signature.name for signature in signatures if signature.role in roles]
    return ", ".join(dict.fromkeys(names))

"""Paragraphs of a post: text typed between blocks, as the classic editor shows it, and lines that count."""

import re
from collections import Counter

_BLOCK = (
    "p|div|h[1-6]|ul|ol|table|blockquote|pre|figure|hr|section|article|address|details|form|fieldset|iframe"
)
# Every repetition is bounded or stops at a sign, so that no text makes the search slow.
_OPENS = re.compile(rf"(<(?:{_BLOCK})(?:\s[^<>]{{0,2000}})?/?>)", re.IGNORECASE)
_CLOSES = re.compile(rf"(</(?:{_BLOCK})>)", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*+\n+")
_BEGINS_BLOCK = re.compile(rf"</?(?:{_BLOCK}|li|t[drh]|thead|tbody|figcaption)[\s/>]", re.IGNORECASE)
_BEGINS_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_LINE_END = re.compile(r"(?:<br\s{0,5}/?>)?\n", re.IGNORECASE)
_PRE = re.compile(r"<(/?)pre\b[^<>]*+>", re.IGNORECASE)
# <!-- wp:name {…} -->, <!-- /wp:name -->, <!-- wp:name {…} /-->
_MARK = re.compile(r"<!--\s{1,5}(/?)wp:([a-z][\w/-]{0,80}?)(?=\s)[^<>]*+(?<=--)>")
_LOOSE = {"freeform", "core/freeform", "shortcode", "core/shortcode"}  # blocks of classic text


def settle_paragraphs(content: str) -> str:
    """Returns the content with the text outside its blocks in paragraphs; blocks stay as they are.

    Lines of preformatted text (poems) stay lines, in blocks and outside.
    """
    content = _with_lines_of_pre(content)
    parts, at = [], 0
    for start, end in _blocks(content):
        parts += [paragraphs(content[at:start]), content[start:end]]
        at = end
    return "\n".join([*parts, paragraphs(content[at:])])


def paragraphs(content: str) -> str:
    """Returns HTML of a text without blocks: an empty line ends a paragraph, a line end is a line break."""
    spread = _CLOSES.sub(r"\1\n\n", _OPENS.sub(r"\n\n\1", content))
    parts = (part.strip() for part in _BLANK.split(spread))
    return "\n".join(_paragraph(part) for part in parts if part)


def _paragraph(part: str) -> str:
    if _BEGINS_PARAGRAPH.match(part):
        return _LINE_END.sub("<br>", part)
    if _BEGINS_BLOCK.match(part):
        return part
    return "<p>" + _LINE_END.sub("<br>", part) + "</p>"


def _with_lines_of_pre(content: str) -> str:
    parts, at, opened = [], 0, None
    for sign in _PRE.finditer(content):
        if not sign[1]:
            opened = sign.end()
        elif opened is not None:
            lines = content[opened : sign.start()].strip("\n").replace("\n", "<br>")
            parts += [content[at:opened], lines]
            at, opened = sign.start(), None
    return "".join([*parts, content[at:]])


def _blocks(content: str) -> list[tuple[int, int]]:
    """Returns where the outermost blocks begin and end; a mark without its partner makes no block."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for mark in _MARK.finditer(content):
        name = mark[2]
        if name in _LOOSE or mark[0].endswith("/-->"):
            continue
        if not mark[1]:
            opened.append((name, mark.start()))
            waiting[name] += 1
        elif waiting[name]:
            start = _close(name, opened, waiting)
            while found and found[-1][0] >= start:
                found.pop()
            found.append((start, mark.end()))
    return found


def _close(name: str, opened: list[tuple[str, int]], waiting: Counter[str]) -> int:
    """Takes the marks opened since, and the block's own, off the list. Returns where the block begins."""
    while True:
        last, start = opened.pop()
        waiting[last] -= 1
        if last == name:
            return start

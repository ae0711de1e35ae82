"""Writes raised and lowered letters on the line, without changing what they mean.

A story has no superscripts: figures become the Unicode signs (m², 10⁵, H₂O), letters are written as people
type them (x^(a+b), H_n), and what means nothing by its height (1st, the mark of a footnote) stays as it is.
"""

import re

from lxml import etree
from lxml.html import HtmlElement

_SIGNS = {
    "sup": str.maketrans("0123456789+-−–()=n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾⁼ⁿ"),
    "sub": str.maketrans("0123456789+-−–()=", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎₌"),
}
_ALL_SIGNS = {"sup": re.compile(r"[0-9+\-−–()=n]+"), "sub": re.compile(r"[0-9+\-−–()=]+")}
_HAS_FIGURE = re.compile(r"[0-9n+]")
# Letters raised by habit only: 1st, 2nd, Nº, ™, and marks of notes such as [1] or *.
_BY_HABIT = re.compile(r"(?i)(?:st|nd|rd|th|er|re|e|o|a|º|ª|tm|sm|®|©|™|\*+|\[.{1,4}\]|[,.;:…'’\"]+)")
_DEGREE = re.compile(r"(?:[0-9][\s\u00a0]?)$")
_WRITTEN = "written"  # marks a place until all are done
_LONGEST = 24  # letters; a longer stretch is a sentence set small, not an exponent
_SIMPLE = {"sup": re.compile(r"\w"), "sub": re.compile(r"\w+")}
_INLINE = {
    "strong",
    "em",
    "b",
    "i",
    "a",
    "span",
    "font",
    "u",
    "s",
    "strike",
    "del",
    "ins",
    "cite",
    "dfn",
    "mark",
}


def write_raised(before: str, text: str, raised: str) -> tuple[str, bool]:
    """Returns (the words as written on the line, whether a sign “^” or “_” had to be added).

    `before` is what stands to the left in the same paragraph; `raised` is "sup" or "sub".
    """
    core = text.strip()
    if not core:
        return text, False
    if _ALL_SIGNS[raised].fullmatch(core) and _HAS_FIGURE.search(core):
        return text.replace(core, core.translate(_SIGNS[raised])), False
    if raised == "sup" and core in {"o", "O", "°", "º"} and _DEGREE.search(before):
        return text.replace(core, "°"), False
    base = before[-1:]
    is_power = base.isalnum() or base in ")]⟩|}"
    if not is_power or _BY_HABIT.fullmatch(core) or len(core) > _LONGEST or core.count(" ") > 3:
        return text, False
    inner = core if _SIMPLE[raised].fullmatch(core) else f"({core})"
    return text.replace(core, ("^" if raised == "sup" else "_") + inner), True


def put_on_the_line(root: HtmlElement) -> list[str]:
    """Replace every `sup` and `sub` of the tree by its words. Returns what had to be written with a sign."""
    told: list[str] = []
    said = _Said(told)
    said.walk(root)
    etree.strip_tags(root, _WRITTEN)
    return told


class _Said:
    """Walks the tree in reading order and remembers the words before each place."""

    def __init__(self, told: list[str]):
        self.told, self.before = told, ""

    def walk(self, element: HtmlElement) -> None:
        stack: list[tuple[HtmlElement, bool]] = [(element, False)]
        while stack:
            node, is_done = stack.pop()
            if is_done:
                self._tail(node)
                continue
            if node.tag in {"sup", "sub"}:
                self._write(node)
                self._hear(node.tail)
                continue
            if node.tag not in _INLINE:
                self.before = ""
            self._hear(node.text)
            stack.append((node, True))
            stack += [(child, False) for child in reversed(node)]

    def _tail(self, node: HtmlElement) -> None:
        if node.tag not in _INLINE:
            self.before = ""
        self._hear(node.tail)

    def _hear(self, text: str | None) -> None:
        if text:
            self.before = (self.before + text)[-40:]

    def _write(self, node: HtmlElement) -> None:
        following = node.getnext()
        while following is not None and following.tag == node.tag and not node.tail:
            node.append(following)  # x<sup>a</sup><sup>+b</sup> is one exponent
            node.tail, following.tail = following.tail, None
            following = node.getnext()
        written, has_sign = write_raised(self.before, node.text_content(), node.tag)
        if has_sign:
            word = re.split(r"\s", self.before)[-1]
            self.told.append(f"{word}{written.strip()}")
        for child in list(node):
            node.remove(child)
        node.text, node.tag = written, _WRITTEN
        self._hear(written)

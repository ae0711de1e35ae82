"""The part of CSS that a pasted text needs: fonts, bold, italic, and the kinds of Word's lists."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

_OPENS, _CLOSES = re.compile(r"<style\b[^>]*>", re.IGNORECASE), re.compile(r"</style>", re.IGNORECASE)
_COMMENT_SIGN = re.compile(r"<!--|-->")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_LAST_OF = re.compile(r"[\s>+~]+")
# Of a rule for every element of a kind only this is read: its looks are the old page's, not the story's.
_OF_A_KIND = ("display", "visibility")
_LIST_LEVEL = re.compile(r"@list\s+l(\d+):level(\d)")
_AFTER_SIZE = re.compile(r"[\d.]+(?:pt|px|em|rem|%)(?:\s*/\s*[\w.%]+)?\s+(.+)")
_LARGEST = 500_000  # characters of a style sheet; Word's have about 40,000
_READ = {
    "font-family", "mso-ascii-font-family", "font", "font-weight", "font-style", "vertical-align",
    "white-space", "display", "mso-list", "mso-hide", "mso-element", "mso-outline-level",
    "mso-level-number-format", "mso-break-type", "page-break-before",
    "visibility", "opacity", "position", "left", "right", "top", "bottom", "margin-left", "margin-top",
    "text-indent", "transform", "clip", "clip-path", "width", "height", "max-width", "max-height", "overflow",
    "font-size", "color", "background", "background-color", "text-decoration", "text-decoration-line",
}  # fmt: skip


class _Rule(NamedTuple):
    """What is said of elements of a kind (`tag`, or "") with all of these classes and ids (“#menu”)."""

    tag: str
    marks: frozenset[str]
    said: dict[str, str]


class Sheet:
    """The style sheets in a pasted text."""

    def __init__(self, html: str):
        css = _without_comments(_style_sheets(html)[:_LARGEST])
        self._rules: dict[str, list[_Rule]] = {}  # by the last class or id that they ask for
        self._kinds: dict[str, dict[str, str]] = {}
        self._formats: dict[tuple[str, str], str] = {}
        for selectors, body in _rules(css):
            said = declarations(body)
            if "@" not in selectors:
                for selector in selectors.split(","):
                    self._note(selector, said)
            if level := _LIST_LEVEL.search(selectors):
                self._formats[level[1], level[2]] = said.get("mso-level-number-format", "decimal")

    def _note(self, selector: str, said: dict[str, str]) -> None:
        """Note what a rule says of the elements it ends with; what stands around them is not asked."""
        found = _SELECTOR.fullmatch(_LAST_OF.split(selector.strip())[-1])
        if found is None:  # of a moment (:hover), an attribute, nothing at all
            return
        tag, marks = (
            (found[1] or "").lower().strip("*"),
            found[2].replace("#", " #").replace(".", " ").split(),
        )
        if marks:
            self._rules.setdefault(marks[-1], []).append(_Rule(tag, frozenset(marks), said))
        elif tag and (kept := {name: said[name] for name in _OF_A_KIND if name in said}):
            self._kinds.setdefault(tag, {}).update(kept)

    def speaks_of(self, tag: str) -> bool:
        """Whether a rule is for every element of this kind."""
        return tag in self._kinds

    def style_of(self, element: HtmlElement) -> dict[str, str]:
        """Returns the declarations of the rules for the element, and of its style; `font` is the name of
        its first font.
        """
        own = declarations(element.get("style") or "")
        names = (element.get("class") or "").split()
        if name := element.get("id"):
            names.append(f"#{name}")
        said = [self._kinds[element.tag]] if element.tag in self._kinds else []
        said += [
            rule.said
            for name in names
            for rule in self._rules.get(name, ())
            if rule.marks.issubset(names) and rule.tag in {"", element.tag}
        ]
        if not said:
            return own
        return {name: value for style in (*said, own) for name, value in style.items()}

    def is_ordered(self, list_number: str, level: str) -> bool:
        """Whether this level of a Word list is numbered."""
        return self._formats.get((list_number, level), "bullet") not in {"bullet", "image"}


def _style_sheets(html: str) -> str:
    sheets, at = [], 0
    while (opens := _OPENS.search(html, at)) and (closes := _CLOSES.search(html, opens.end())):
        sheets.append(html[opens.end() : closes.start()])
        at = closes.end()
    return " ".join(sheets)


def _without_comments(css: str) -> str:
    before, *rest = css.split("/*")
    return _COMMENT_SIGN.sub(" ", before + " ".join(part.partition("*/")[2] for part in rest))


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yields (selectors, declarations) of each rule that holds everywhere: none of “@media print { … }”."""
    is_inside = False
    for part in css.split("}"):
        selectors, brace, body = part.rpartition("{")
        is_inside = bool(brace) and (is_inside or "@media" in selectors or "@supports" in selectors)
        if brace and not is_inside:
            yield selectors.rpartition("{")[2], body


@lru_cache(maxsize=2048)
def declarations(style: str) -> dict[str, str]:
    """Returns the declarations that we use, in lower case except the font's name."""
    said = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if colon and name in _READ:
            said[name] = " ".join(value.split())
    font = _first_font(said.get("font-family") or said.get("mso-ascii-font-family", ""))
    short = said.pop("font", "")
    if not font and (family := _AFTER_SIZE.search(short)):
        font = _first_font(family[1])
    said = {name: value.lower().removesuffix("!important").rstrip() for name, value in said.items()}
    if line := said.pop("text-decoration-line", ""):
        said["text-decoration"] = f"{said.get('text-decoration', '')} {line}"
    return said | ({"font": font} if font else {})


def _first_font(families: str) -> str:
    return families.split(",", maxsplit=1)[0].strip(" \"'")


def is_bold(style: dict[str, str], inherited: bool) -> bool:
    """Whether the declarations make the text bold; `inherited` when they do not say."""
    weight = style.get("font-weight", "")
    if weight.isascii() and weight.isdigit():
        return int(weight) >= 600
    return {"bold": True, "bolder": True, "normal": False, "lighter": False}.get(weight, inherited)


def is_italic(style: dict[str, str], inherited: bool) -> bool:
    """Whether the declarations make the text italic; `inherited` when they do not say."""
    return {"italic": True, "oblique": True, "normal": False}.get(style.get("font-style", ""), inherited)

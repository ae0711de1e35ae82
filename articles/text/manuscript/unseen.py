"""Words that nobody saw in the source, or that its writer struck out: they leave, and are told.

One rule for pasted text, Word files and old sites. What is hidden there (injected links, notes between
colleagues, deletions under track changes) must not become public here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml.html import HtmlElement

from articles.text.manuscript.sheets import Sheet
from articles.text.shaping import remove_element, words

HIDDEN, STRUCK, REMARK, MARGIN = "hidden", "struck", "remark", "margin"
_STRUCK_TAGS = {"s", "strike", "del"}
_COMMENT_CLASSES = {"msocomanchor", "msocomtxt", "msocomoff"}
_FRAMES, _NO_SIZE = {"iframe", "object", "embed"}, {"0", "1", "0px", "1px"}
_INLINE = {
    "span",
    "font",
    "a",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "sup",
    "sub",
    "cite",
    "dfn",
    "mark",
    "small",
}
_LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|vw|vh|cm|mm|in|pc)?")
_PIXELS = {
    "px": 1,
    "pt": 1.3,
    "em": 16,
    "rem": 16,
    "%": 12,
    "vw": 12,
    "vh": 8,
    "cm": 38,
    "mm": 3.8,
    "in": 96,
    "pc": 16,
}
_OFF_SCREEN = 450  # pixels beyond an edge
_WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "window", "background1"}
_CLIPPED = re.compile(
    r"rect\((?:[01](?:px)?[ ,]*){4}\)|inset\((?:50|100)%[^)]*\)|circle\(0[^)]*\)|polygon\(0 0, ?0 0"
)
_NOWHERE = re.compile(r"(?:translate\w*\([^)]*-\d{3,}|scale[xy]?\(0(?:\.0+)?[,)])")
_SHOWN = 80  # letters of one told piece


class LeftOut(NamedTuple):
    """Words that did not come along: what they were, why, and the words before them."""

    words: str
    why: str
    after: str = ""


@dataclass(frozen=True)
class _Light:
    """What an element takes over from those around it."""

    is_hidden: bool = False  # visibility, which a descendant may take back
    is_tiny: bool = False
    is_white: bool = False
    has_ground: bool = False


def remove_unseen(root: HtmlElement, sheet: Sheet) -> list[LeftOut]:
    """Remove from the tree what its reader did not see and what was struck out. Returns the words removed."""
    found: list[LeftOut] = []
    _Sieve(sheet, found).sift(root)
    return found


class _Sieve:
    def __init__(self, sheet: Sheet, found: list[LeftOut]):
        self._sheet, self._found = sheet, found
        self._before = ""
        self._seen = 0
        self._white: list[HtmlElement] = []

    def sift(self, root: HtmlElement) -> None:
        stack: list[tuple[HtmlElement, _Light, bool]] = [(root, _Light(), False)]
        while stack:
            element, light, is_done = stack.pop()
            if is_done:
                self._hear(element.tail)
                continue
            if element is not root:
                is_bare = not element.attrib and not self._sheet.speaks_of(
                    element.tag
                )  # as most elements are
                style = {} if is_bare else self._sheet.style_of(element)
                if why := _by_tag(element) if is_bare else _why_removed(element, style):
                    self._remove(element, why)
                    continue
                light = light if is_bare else _light_in(element, style, light)
            if element.tag not in _INLINE:
                self._before += " "
            self._own_words(element, light)
            stack.append((element, light, True))
            stack += [(child, light, False) for child in reversed(element) if isinstance(child.tag, str)]
        self._remove_white()

    def _remove(self, element: HtmlElement, why: str) -> None:
        addresses = dict.fromkeys(
            address for node in element.iter() for name in ("href", "src") if (address := node.get(name))
        )
        said = element.text_content()
        divides = said[:1].isspace() or said[-1:].isspace()
        if why == HIDDEN:
            said = " ".join(
                [said, *(f"<{address}>" for address in addresses if not address.startswith("data:"))]
            )
        self._note(said, why)
        self._hear(element.tail)
        remove_element(element, space=" " if divides else None)

    def _own_words(self, element: HtmlElement, light: _Light) -> None:
        """Empties the texts directly inside when they are set invisible; others are remembered."""
        if light.is_hidden or light.is_tiny:
            self._empty(element)
            return
        if light.is_white and not light.has_ground:
            self._white.append(element)
            return
        self._seen += sum(len(text.strip()) for text in _own_texts(element))
        self._hear(element.text)

    def _remove_white(self) -> None:
        """White letters are unseen only beside a text that is not: a page copied in the dark is all white."""
        white = sum(len(text.strip()) for element in self._white for text in _own_texts(element))
        if self._seen > white:
            self._before = ""
            for element in self._white:
                self._empty(element)

    def _empty(self, element: HtmlElement) -> None:
        self._note(" ".join(_own_texts(element)), HIDDEN)
        element.text = None
        for child in element:
            child.tail = None

    def _note(self, text: str, why: str) -> None:
        if said := words(text.replace("\u00a0", " ")):
            self._found.append(LeftOut(said, why, words(self._before)[-40:]))

    def _hear(self, text: str | None) -> None:
        if text:
            self._before = (self._before + text)[-80:]


def _own_texts(element: HtmlElement) -> list[str]:
    return [element.text or "", *(child.tail or "" for child in element)]


def _by_tag(element: HtmlElement) -> str:
    return STRUCK if element.tag in _STRUCK_TAGS else ""


def _why_removed(element: HtmlElement, style: dict[str, str]) -> str:
    if _COMMENT_CLASSES & set((element.get("class") or "").lower().split()):
        return REMARK
    if style.get("mso-element") == "comment-list":
        return REMARK
    if _by_tag(element) or "line-through" in style.get("text-decoration", ""):
        return STRUCK
    is_pixel = element.tag in _FRAMES and (
        element.get("width") in _NO_SIZE or element.get("height") in _NO_SIZE
    )
    return HIDDEN if is_pixel or element.get("hidden") is not None or any(_ways_to_hide(style)) else ""


def _ways_to_hide(style: dict[str, str]) -> Iterator[bool]:
    yield style.get("display") == "none" or style.get("mso-hide") == "all"
    yield _pixels(style.get("opacity", "1")) <= 0.05
    yield bool(_CLIPPED.search(style.get("clip", "") + style.get("clip-path", "")))
    yield bool(_NOWHERE.search(style.get("transform", "")))
    yield _pixels(style.get("text-indent", "")) <= -_OFF_SCREEN
    if style.get("position") in {"absolute", "fixed", "relative"}:
        yield any(_pixels(style.get(side, "")) <= -_OFF_SCREEN for side in ("left", "right", "top", "bottom"))
        yield any(_pixels(style.get(side, "")) >= 4 * _OFF_SCREEN for side in ("left", "right"))
    yield any(_pixels(style.get(side, "")) <= -_OFF_SCREEN for side in ("margin-left", "margin-top"))
    if style.get("overflow") in {"hidden", "clip", "scroll", "auto"}:
        sizes = ("width", "height", "max-width", "max-height")
        yield any(name in style and 0 <= _pixels(style[name]) <= 1 for name in sizes)


def _light_in(element: HtmlElement, style: dict[str, str], light: _Light) -> _Light:
    visibility = style.get("visibility")
    is_hidden = visibility in {"hidden", "collapse"} if visibility else light.is_hidden
    size = style.get("font-size", "")
    is_tiny = (light.is_tiny and size.endswith(("em", "%"))) if size else light.is_tiny
    if size and 0 <= _pixels(size, default=99) <= 1:
        is_tiny = True
    color = (style.get("color") or (element.get("color") or "").lower()).replace(" ", "")
    ground = (
        style.get("background", "")
        + style.get("background-color", "")
        + (element.get("bgcolor") or "").lower()
    )
    is_painted = bool(ground and not _is_white_or_none(ground)) or "background" in (
        element.get("class") or ""
    )
    has_ground = light.has_ground or is_painted
    is_white = color in _WHITE or _is_clear(color) if color else light.is_white
    return _Light(is_hidden, is_tiny, is_white, has_ground)


def _is_white_or_none(ground: str) -> bool:
    return ground.replace(" ", "") in _WHITE | {"none", "transparent", "initial", "inherit"}


def _is_clear(color: str) -> bool:
    return color == "transparent" or bool(re.fullmatch(r"rgba\(.*,0(?:\.0+)?\)", color))


def _pixels(value: str, default: float = 1.0) -> float:
    """Returns a CSS length as pixels, roughly; `default` for anything that is no length."""
    found = _LENGTH.match(value.strip())
    try:
        number = float(found[1]) if found else default
    except ValueError:
        return default
    return number * _PIXELS.get((found[2] if found else None) or "px", 1)


# --- what is told -------------------------------------------------------------------------------------

_TOLD = {
    HIDDEN: "Đã bỏ chữ bị ẩn (người đọc bản gốc không thấy)",
    STRUCK: "Đã bỏ chữ bị gạch ngang trong bản gốc",
    REMARK: "Không đưa vào bài lời bình của đồng nghiệp trong bản gốc",
    MARGIN: "Không đưa vào bài chữ ở đầu trang, chân trang của tệp",
}


def notes_of(left_out: list[LeftOut], most: int = 5) -> list[str]:
    """Returns one sentence for each reason, with at most `most` examples and how many more there are."""
    notes = []
    for why, sentence in _TOLD.items():
        said = [piece for piece in left_out if piece.why == why]
        if said:
            shown = "; ".join(map(describe, said[:most]))
            more = f"; và {len(said) - most} chỗ nữa" if len(said) > most else ""
            notes.append(f"{sentence}: {shown}{more}.")
    return notes


def describe(piece: LeftOut) -> str:
    """Returns the words in quotation marks, with the words before them."""
    after = f" (sau chữ “…{piece.after.split(' ', 1)[-1] if len(piece.after) >= 40 else piece.after}”)"
    return f"“{shorten(piece.words)}”{after if piece.after else ''}"


def shorten(text: str) -> str:
    """Returns the text cut at a word when it is too long to be shown."""
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + "…"

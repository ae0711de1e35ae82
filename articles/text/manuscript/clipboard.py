"""Reads the HTML of a clipboard: its words and their formatting, whatever program wrote it.

It runs before cleaning, because cleaning drops the attributes with fonts, list levels and bold type.
"""

import re
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

import nh3
from lxml.html import HtmlElement

from articles.text.alt_words import written_alt
from articles.text.body import parse
from articles.text.manuscript.formulas import write_formulas
from articles.text.manuscript.office_comments import without_conditionals
from articles.text.manuscript.raw_blocks import Marker, RawBlock, TextRun
from articles.text.manuscript.readings import write_readings
from articles.text.manuscript.sheets import Sheet, is_bold, is_italic
from articles.text.manuscript.signs import plain_line_ends, seen
from articles.text.manuscript.unseen import LeftOut, remove_unseen
from articles.text.nesting import flatten_deep
from foundation.language.signs import without_unwritable

_LEAF_TAGS = {"h1": "h2", "h2": "h2"} | dict.fromkeys(("h3", "h4", "h5", "h6"), "h3")
_WALLS = set(
    "p div section article main header footer aside address center pre dl dt dd details summary fieldset "
    "nav form hr figure figcaption caption textarea".split()
)
_HOLDERS = set("ul ol li table thead tbody tfoot tr td th blockquote".split())
_INLINE = set(
    "span font a b strong i em cite dfn u ins del s strike sup sub br img input select option "
    "ruby rb rt rp".split()
)
_KEPT = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan", "scope"), "ol": ("start",)}
_ATTRIBUTES = {
    "*": {"class", "style", "hidden", "bgcolor", "id"},
    "a": {"href"},
    "font": {"face", "color"},
    "input": {"type", "checked"},
    "option": {"selected"},
    "img": {"alt", "width", "height"},
    "li": {"data-aria-level", "data-listid"},
    "figure": {"data-photo", "data-credit", "data-alt", "data-decorative", "data-beside"},
} | {tag: set(names) for tag, names in _KEPT.items()}
_DROPPED = set("script style title xml template object iframe noscript svg math".split())
_WELL_FORMED = nh3.Cleaner(
    tags=set(_LEAF_TAGS) | _WALLS | _HOLDERS | _INLINE,
    attributes=_ATTRIBUTES,
    clean_content_tags=_DROPPED,
    link_rel=None,
)
_HEADER = re.compile(r"\AVersion:[0-9.]+\s.*?(?=<)", re.S)
_DATA_ADDRESS = re.compile(r"""\bdata:image/[^"'\s>)]*""")
_DEEPEST = 150  # the reader calls itself twice for each element
_FRAME = re.compile(
    r"""<(?:iframe|video|audio|embed|source)\b[^>]{0,1000}?\ssrc=["']?([^"'\s>]{1,500})""", re.IGNORECASE
)
_EMPTY_LINES = re.compile("\n(?:[ \t\u00a0]*+\n)+")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DRAWN = "katex-html"  # the formula once more, for the eye
_LIST = re.compile(r"\bl(\d+)\s+level(\d)")
_HEADING_CLASS = re.compile(r"\b(?:mso)?(title|subtitle|heading)\s?([1-9]?)\b", re.I)


class _Look(NamedTuple):
    bold: bool = False
    italic: bool = False
    href: str = ""
    font: str = ""
    raised: str = ""
    keeps_lines: bool = False


class Clipboard(NamedTuple):
    """The blocks of a pasted text, the number of pictures in it, what was removed as unseen or struck out,
    and the formulas that were written as words.
    """

    blocks: list[RawBlock]
    pictures: int
    left_out: list[LeftOut]
    formulas: list[str]
    frames: list[str]  # addresses of films, maps and other pages shown inside
    source: str = ""  # the HTML that was read
    letters: list[str] = []  # signs of fonts of signs, as the source writes them
    readings: list[str] = []  # words with the reading that stood above them, now in brackets


def read_clipboard(html: str) -> Clipboard:
    """Returns the blocks of the pasted HTML and its number of pictures. No picture is kept."""
    html = without_unwritable(html)
    html = without_conditionals(_DATA_ADDRESS.sub("", _HEADER.sub("", html)))
    if "<" not in html:
        html = _EMPTY_LINES.sub("<p>", html).replace("\n", "<br>")
    formulas: list[str] = []
    source = html

    def write(said: str) -> str:
        if said:
            formulas.append(said)
        return escape(said)

    html = write_formulas(html, write)
    sheet = Sheet(html)
    tree = _tree(html)
    elements = list(tree.iter())  # held to the end: lxml would make each element anew at every visit
    left_out = remove_unseen(tree, sheet)
    readings = write_readings(tree)
    reader = _Reader(sheet, bool(formulas))
    reader.read(tree)
    del elements
    frames = [address for address in _FRAME.findall(html) if address.startswith(("http", "//"))]
    said = (source, reader.letters, readings)
    return Clipboard(reader.blocks, reader.pictures, left_out, formulas, frames, *said)


def _tree(html: str) -> HtmlElement:
    """Returns a tree as a browser would build it; one nested out of all measure is flattened to lines."""
    safe = _WELL_FORMED.clean(flatten_deep(html, _DEEPEST))
    return parse(safe, huge_tree=True)


class _Reader:
    """Walks the tree; `blocks` is the container being filled, `_leaf` the paragraph being filled."""

    def __init__(self, sheet: Sheet, has_formulas: bool):
        self.blocks: list[RawBlock] = []
        self.pictures = 0
        self.letters: list[str] = []
        self._is_drawn = has_formulas
        self._sheet = sheet
        self._leaf: RawBlock | None = None
        self._pattern = RawBlock("p")

    def read(self, root: HtmlElement) -> None:
        self._contents(root, _Look())

    def _contents(self, element: HtmlElement, look: _Look) -> None:
        self._words(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, look)
            self._words(child.tail, look)

    def _words(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        text = plain_line_ends(text) if look.keeps_lines else _SPACES.sub(" ", text)
        if self._leaf is None:
            if text.isspace():
                return
            self._open_leaf()
        shown = seen(text, look.font)
        if shown != text:
            self.letters.append(text)
        self._leaf.runs.append(TextRun(shown, look.bold, look.italic, look.href, look.font, look.raised))

    def _open_leaf(self) -> None:
        pattern = self._pattern
        self._leaf = RawBlock(
            pattern.tag,
            marker=pattern.marker,
            continues_item=pattern.continues_item,
            is_caption=pattern.is_caption,
        )
        pattern.marker = None
        self.blocks.append(self._leaf)

    def _element(self, element: HtmlElement, look: _Look) -> None:
        if self._is_drawn and _DRAWN in (element.get("class") or ""):
            self.letters += element.itertext()
            return
        if element.tag in {"p", "div"} and not element.attrib:  # most are, in a text of many
            self._plain_paragraph(element, look)
            return
        style = self._sheet.style_of(element)
        if style.get("mso-list", "").lower() == "ignore":
            self._marker_sign(element)
        elif element.tag == "br":
            self._line_break(style)
        elif element.tag == "img":
            self._picture(element, look)
        elif element.tag in {"input", "select"}:
            self._words(_answer(element), look)
        elif element.tag in _INLINE:
            self._contents(element, _look_of(element, style, look))
        elif element.tag in _HOLDERS or element.get("data-photo"):
            self._holder(element, _look_of(element, style, look))
        else:
            self._paragraph(element, style, _look_of(element, style, look))

    def _line_break(self, style: dict[str, str]) -> None:
        is_page = style.get("page-break-before") == "always" or "mso-break-type" in style
        if self._leaf is not None:
            self._leaf.runs.append(TextRun(" " if is_page else "\n"))

    def _picture(self, element: HtmlElement, look: _Look) -> None:
        alt = (element.get("alt") or "").strip()
        if 0 < len(alt) <= 8 and not any(char.isalnum() or char.isspace() for char in alt):
            self._words(alt, look)  # chat programs paste emoji as pictures
        elif element.get("width") != "1" and element.get("height") != "1":
            self.pictures += 1

    def _marker_sign(self, element: HtmlElement) -> None:
        """The sign that Word draws before a list paragraph is not part of its text."""
        pattern = self._leaf or self._pattern
        sign = " ".join(element.text_content().split())
        if pattern.marker is None:
            pattern.marker = Marker(sign)
        pattern.marker.text = sign

    def _paragraph(self, element: HtmlElement, style: dict[str, str], look: _Look) -> None:
        outer = self._pattern
        self._leaf, self._pattern = None, self._pattern_of(element, style)
        if element.tag in _LEAF_TAGS:
            look = look._replace(bold=is_bold(style, False), italic=is_italic(style, False))
        self._contents(element, look)
        self._leaf, self._pattern = None, outer

    def _plain_paragraph(self, element: HtmlElement, look: _Look) -> None:
        outer = self._pattern
        self._leaf, self._pattern = None, RawBlock("p")
        self._contents(element, look)
        self._leaf, self._pattern = None, outer

    def _pattern_of(self, element: HtmlElement, style: dict[str, str]) -> RawBlock:
        """Returns the kind of leaf for this element's words."""
        classes = element.get("class") or ""
        tag = _LEAF_TAGS.get(element.tag, "p")
        heading = _HEADING_CLASS.search(classes) if tag == "p" else None
        if heading and element.tag == "p":
            tag = "h2" if heading[1].lower() == "title" or heading[2] in {"1", "2"} else "h3"
        elif tag == "p" and element.tag == "p" and style.get("mso-outline-level", "")[:1].isdigit():
            tag = "h2" if style["mso-outline-level"][0] in "12" else "h3"
        if element.tag in {"figcaption", "caption"} and element.getparent().tag in {"figure", "table"}:
            kept = element.tag == "caption" or element.getparent().get("data-photo")
            tag = element.tag if kept else "p"
        marker = None
        if found := _LIST.search(style.get("mso-list", "")):
            is_ordered = self._sheet.is_ordered(found[1], found[2])
            marker = Marker("", int(found[2]), is_ordered)
        continues = "MsoListParagraph" in classes and not marker
        return RawBlock(tag, marker=marker, continues_item=continues, is_caption="MsoCaption" in classes)

    def _holder(self, element: HtmlElement, look: _Look) -> None:
        if element.tag in {"ul", "ol"} and element.xpath("boolean(li[@data-listid])"):
            self._contents(element, look)  # Word on the web makes each item a list
            return
        if element.get("data-listid"):
            self._item_of_web_word(element, look)
            return
        outer = self.blocks, self._pattern, self.pictures
        self.blocks, self._leaf, self._pattern = [], None, RawBlock("p")
        self._contents(element, look)
        names = _KEPT.get(element.tag, _ATTRIBUTES["figure"] if element.tag == "figure" else ())
        attributes = {name: element.get(name) for name in sorted(names) if element.get(name)}
        block = RawBlock(element.tag, children=self.blocks, attributes=attributes)
        self.blocks, self._pattern, pictures = outer
        if block.tag == "figure":
            self.pictures = pictures  # its picture is already in our library
            attributes["data-alt"] = written_alt(attributes.get("data-alt", ""))
        self._leaf = None
        self.blocks.append(block)

    def _item_of_web_word(self, element: HtmlElement, look: _Look) -> None:
        parent, level = element.getparent(), element.get("data-aria-level", "1")
        start = parent.get("start", "1")
        number = int(start if start.isdigit() else 1) + parent.index(element)
        sign = f"{number}." if parent.tag == "ol" else "•"
        before = len(self.blocks)
        self._contents(element, look)
        self._leaf = None
        if len(self.blocks) > before:
            self.blocks[before].marker = Marker(sign, int(level) if level.isdigit() else 1)


def _answer(element: HtmlElement) -> str:
    """Returns what a field of a form says: a tick, or the words chosen from a list."""
    if element.tag == "input":
        is_tick = element.get("type", "").lower() in {"checkbox", "radio"}
        return ("☑" if element.get("checked") is not None else "☐") if is_tick else ""
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return ", ".join(" ".join(option.text_content().split()) for option in chosen)


def _look_of(element: HtmlElement, style: dict[str, str], outer: _Look) -> _Look:
    tag = element.tag
    raised = {"super": "sup", "sub": "sub", "baseline": ""}.get(style.get("vertical-align", ""), outer.raised)
    white_space = style.get("white-space", "")
    return _Look(
        bold=is_bold(style, tag in {"b", "strong"} or outer.bold),
        italic=is_italic(style, tag in {"i", "em", "cite", "dfn"} or outer.italic),
        href=_address(element.get("href")) if tag == "a" else outer.href,
        font=element.get("face") or style.get("font", "") or outer.font,
        raised=tag if tag in {"sup", "sub"} else raised,
        keeps_lines=tag in {"pre", "textarea"}
        or (white_space.startswith(("pre", "break-spaces")) if white_space else outer.keeps_lines),
    )


def _address(href: str | None) -> str:
    """Returns the address when it means the same everywhere; "" for one inside the pasted document."""
    href = (href or "").strip()
    try:
        scheme = urlsplit(href).scheme
    except ValueError:
        return ""
    return href if scheme in {"http", "https", "mailto", "tel"} else ""

"""Makes a story's body safe and canonical. This is the only module whose HTML is trusted.

Stored form: p h2 h3 ul ol li blockquote table strong em a br, and
`<figure data-photo="9" data-credit="…" data-alt="…"><figcaption>…</figcaption></figure>`.
A figure names a photo of the library, never an address: rendering makes the address. `data-beside="1"`
puts it in one row with the figure before it. A paragraph that contains only a link to one of our documents
is drawn as a card.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from lxml import etree, html
from lxml.html import HtmlElement

from articles.text.nesting import flatten_deep
from articles.text.raising import put_on_the_line
from articles.text.shaping import (
    BLOCKS,
    WALLS,
    collapse_spaces,
    holds_blocks,
    is_empty,
    only_blocks,
    open_wall,
    remove_element,
    settle_figure,
    settle_pairs,
    trim,
    unwrap,
    words,
)
from foundation.language.legacy import Encoding, decode
from foundation.language.plain import clean_line, clean_words
from foundation.language.signs import without_hidden, without_unwritable

_RENAMED = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em"}
_TAGS = (
    BLOCKS
    | WALLS
    | set(_RENAMED)
    | {
        "sup",
        "sub",
        "li",
        "strong",
        "em",
        "a",
        "br",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "caption",
        "figcaption",
    }
)
_ATTRIBUTES = {
    "*": set(),  # by default nh3 allows title and lang everywhere
    "a": {"href"},
    "figure": {"data-photo", "data-credit", "data-alt", "data-decorative", "data-beside"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
_DROPPED_WITH_CONTENT = {"script", "style", "template", "title", "object", "iframe", "noscript"}
_DROPPED_WITH_CONTENT |= {"svg", "math"}
_LINES = ("li", "th", "td", "p", "caption")
_NEVER_EMPTY = ("p", "h2", "h3", "li", "blockquote", "strong", "em", "a", "ul", "ol")
_DOCUMENT = re.compile(r"/van-ban/[\w-]+/")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")


@dataclass(frozen=True)
class Figure:
    """One picture of a body: the photo's id, and its words in this story."""

    photo_id: int
    caption: str
    credit: str
    alt: str
    is_decorative: bool
    is_beside: bool = False  # in one row with the figure before it
    block: str = ""  # its number, in a `numbered` body


@dataclass(frozen=True)
class Block:
    """One block of a body: its tag, its words (one line for each item of a list or table), its links.

    `markup` is the whole block as stored; `figure` is set when it is a picture.
    """

    tag: str
    text: str
    markup: str
    links: tuple[str, ...] = ()
    figure: Figure | None = None

    @property
    def is_heading(self) -> bool:
        return self.tag in {"h2", "h3"}

    @property
    def line(self) -> str:
        """The words in one line; for a picture its caption, or a remark that it has none."""
        if self.figure:
            return self.figure.caption or "Ảnh chưa có chú thích"
        return " ".join(self.text.split())


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        value = without_hidden(value)
        return value if _is_good_address(value) else None
    if name in {"data-alt", "data-credit"}:
        return clean_line(value)
    if name in {"colspan", "rowspan", "start"}:
        return value if _NUMBER.fullmatch(value) else None
    if name == "scope":
        return value if value in {"col", "row"} else None
    if name == "data-photo":
        return value if value.isascii() and value.isdigit() and len(value) < 16 else None
    return value


def _is_good_address(value: str) -> bool:
    """Accepts web, mail and phone addresses, and paths of this site. `//host/x` is another site."""
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return bool(parts.netloc)
    if parts.scheme in {"mailto", "tel"}:
        return True
    return not parts.scheme and not parts.netloc and value.startswith(("/", "#")) and "\\" not in value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)
_ONE_CLASS = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=html.HtmlComment, pi=html.HtmlProcessingInstruction, entity=html.HtmlEntity
)


def clean_body(raw: str) -> str:
    """Returns the safe HTML that we store for whatever was typed, pasted or posted.

    Cleaning twice changes nothing. No-break spaces become plain spaces; pages bind words when they are drawn.
    """
    root = parse(_sanitized(raw).replace("&nbsp;", " ").replace("\u00a0", " "))
    elements = list(root.iter())  # held to the end: lxml would make each element anew at every visit
    put_on_the_line(root)
    for element in elements:
        element.tag = _RENAMED.get(element.tag, element.tag)
    for element in list(root.iter("figure")):
        settle_figure(element)
    for element in list(root.iter("figcaption")):
        if element.getparent().tag != "figure":
            element.tag = "div"  # opened below like any container
    for element in [wall for wall in root.iter(*WALLS) if wall is not root]:
        open_wall(element)
    for element in list(root.iter("a", "strong", "em")):
        if (element.tag == "a" and not element.get("href")) or holds_blocks(element):
            unwrap(element)
    only_blocks(root)
    settle_pairs(root)
    _clean_blocks(root)
    for element in list(root.iter("li", "th", "td")):
        if len(element) == 1 and element[0].tag == "p" and not (element.text or "").strip():
            element[0].drop_tag()
    for element in reversed(list(root.iter(*_NEVER_EMPTY))):
        if is_empty(element):
            remove_element(element, space=element.text)
    collapse_spaces(root)
    for element in list(root.iter("p", "h2", "h3", "li", "td", "th")):
        trim(element)
    return _inner(root)


def _sanitized(raw: str) -> str:
    safe = _CLEANER.clean(normalize("NFC", without_unwritable(flatten_deep(raw))))
    return without_unwritable(safe) if "&#" in raw else safe  # a sign may also be written as its number


def _clean_blocks(root: HtmlElement) -> None:
    """Bring every block through the door for plain text (`foundation.language.plain`), all together: a line
    too short to show its old font follows the others.
    """
    if not len(root):
        return
    before = [_as_line(block) for block in root]
    after = clean_words("\n".join(before)).split("\n")
    for block, said, cleaned in zip(list(root), before, after, strict=True):
        if said != cleaned:
            _clean_block(block, cleaned)


def _clean_block(block: HtmlElement, cleaned: str) -> None:
    """Change the block's texts so that it says `cleaned`; without formatting when that divides a word."""
    for way in (clean_words, *(partial(_decoded, encoding=encoding) for encoding in Encoding)):
        trial = deepcopy(block)
        _change(trial, way)
        if _as_line(trial) == cleaned:
            block.getparent().replace(block, trial)
            return
    etree.strip_tags(block, "strong", "em", "a")
    _change(block, clean_words)


def _decoded(text: str, *, encoding: Encoding) -> str:
    return clean_words(decode(text, encoding))


def _as_line(block: HtmlElement) -> str:
    text = block.text_content() if len(block) else block.text or ""
    return " ".join(text.splitlines())


def figures_in(body: str) -> list[Figure]:
    """Returns the pictures of a cleaned body, in reading order."""
    return [_figure_of(element) for element in parse(body).iter("figure")]


# Drawing a story calls this more than once.
@lru_cache(maxsize=2)
def plain_text(body: str) -> str:
    """Returns the words of a cleaned body with captions, one line for each block."""
    root = parse(body)
    for element in root.iter("li", "td", "th", "br", "p", "figcaption", "caption", "ul", "ol"):
        element.tail = f" {element.tail or ''}"  # separates the words of two cells
        if element.tag in ("ul", "ol"):
            element.text = f" {element.text or ''}"
    lines = (" ".join(block.text_content().split()) for block in root)
    return "\n".join(line for line in lines if line)


def render(body: str, figure_html: Callable[[Figure], str]) -> tuple[Figure | None, SafeString]:
    """Returns the opening figure (None when the body does not open with one) and the rest as HTML.

    `figure_html` draws one figure. Links to other sites get rel="noopener". When two photos in a row open the
    body, they stay in the text.
    """
    root = parse(body)
    hero = None
    if len(root) and root[0].tag == "figure" and not (len(root) > 1 and root[1].get("data-beside")):
        hero = _figure_of(root[0])
        root.remove(root[0])
    for link in root.iter("a"):
        if link.get("href", "").startswith("http"):
            link.set("rel", "noopener")
    for table in root.iter("table"):
        table.set("class", "table")
    for paragraph in root.iterchildren("p"):
        if _is_document_card(paragraph):
            paragraph.set("class", "doc-card")
    drawn: list[str] = []
    for block in root:
        part = figure_html(_figure_of(block)) if block.tag == "figure" else _source(block)
        if block.get("data-beside") and part and drawn[-1]:
            drawn[-1] = f'<div class="photo-pair">\n{drawn[-1]}\n{part}\n</div>'
        else:
            drawn.append(part)
    return hero, trusted("\n".join(drawn))


def _is_document_card(paragraph: HtmlElement) -> bool:
    link = paragraph[0] if len(paragraph) == 1 and not (paragraph.text or "").strip() else None
    if link is None or link.tag != "a" or (link.tail or "").strip():
        return False
    return bool(_DOCUMENT.fullmatch(link.get("href", "")))


def change_words(body: str, change: Callable[[str], str]) -> str:
    """Returns the stored body with `change` applied to every text and to the figures' descriptions.

    When formatting or a link divides words that `change` would change, the block loses its formatting and
    links.
    """
    root = parse(body)
    for block in root:
        _change(block, change)
        if change(block.text_content()) != block.text_content():
            etree.strip_tags(block, "strong", "em", "a")
            _change(block, change)
    return _inner(root)


def _change(block: HtmlElement, change: Callable[[str], str]) -> None:
    for element in block.iter():
        element.text = change(element.text or "")
        if element is not block:
            element.tail = change(element.tail or "")
    if block.get("data-alt"):
        block.set("data-alt", change(block.get("data-alt")))


def for_editor(body: str, picture: Callable[[int], dict[str, Any] | None]) -> str:
    """Returns the body with an `img` in each figure, for the writing screen.

    `picture` returns the `photo_for` of a photo id, or None.
    """
    root = parse(body)
    for element in root.iter("figure"):
        found = picture(int(element.get("data-photo"))) or {}
        image = etree.SubElement(element, "img")
        for name in ("src", "width", "height"):
            image.set(name, str(found.get(name, "")))
        element.insert(0, image)
    return _inner(root)


def numbered(body: str) -> str:
    """Returns the stored body with `data-block` on each block, for pages where a block is chosen."""
    root = parse(body)
    for number, block in enumerate(root):
        block.set("data-block", str(number))
    return _inner(root)


def trusted(cleaned: str) -> SafeString:
    """Mark output of `clean_body` or `render` as safe. No other code marks a story's text as safe."""
    return mark_safe(cleaned)  # noqa: S308


def parse(fragment: str, *, huge_tree: bool = False) -> HtmlElement:
    """Returns the fragment as a tree: a `div` that contains its blocks. `huge_tree` lifts lxml's limits."""
    # All are HtmlElement: we ask nothing of the classes for forms, which lxml looks up in Python each time.
    parser = html.HTMLParser(huge_tree=huge_tree, encoding="utf-8")
    parser.set_element_class_lookup(_ONE_CLASS)
    root = parser.makeelement("div")
    for piece in html.fragments_fromstring((fragment or "").encode(), parser=parser):
        if isinstance(piece, str):
            root.text = piece
        else:
            root.append(piece)
    return root


def _inner(root: HtmlElement) -> str:
    parts = [escape(root.text)] if (root.text or "").strip() else []
    parts += [_source(child) for child in root]
    return "\n".join(part for part in parts if part)


def _source(element: HtmlElement) -> str:
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)


def _figure_of(element: HtmlElement) -> Figure:
    return Figure(
        photo_id=int(element.get("data-photo")),
        caption=words(element.text_content()),
        credit=element.get("data-credit", ""),
        alt=element.get("data-alt", ""),
        is_decorative=element.get("data-decorative") == "1",
        is_beside=element.get("data-beside") == "1",
        block=element.get("data-block", ""),
    )


def blocks_in(body: str) -> list[Block]:
    """Returns the blocks of a cleaned body, in reading order."""
    return [_block_of(element) for element in parse(body)]


def _block_of(element: HtmlElement) -> Block:
    markup = _source(element)
    links = tuple(link.get("href", "") for link in element.iter("a"))
    figure = _figure_of(element) if element.tag == "figure" else None
    for part in element.iterdescendants("br", *_LINES):
        part.text = "\n" + (part.text or "")
    lines = (words(line) for line in element.text_content().split("\n"))
    return Block(element.tag, "\n".join(line for line in lines if line), markup, links, figure)

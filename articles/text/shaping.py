"""Gives a tree of foreign blocks the shape of a story: plain blocks, figures at the top level."""

import re

from lxml import etree
from lxml.html import HtmlElement

BLOCKS = {"p", "h2", "h3", "ul", "ol", "blockquote", "table", "figure"}
# Containers of other programs: their ends become paragraph ends, so that words do not run together.
WALLS = {"div", "section", "article", "main", "header", "footer", "aside", "address", "center", "pre"} | {
    "dl",
    "dt",
    "dd",
    "details",
    "summary",
    "fieldset",
    "nav",
    "form",
    "hr",
}
_HOLDERS = {"ul", "ol", "table", "thead", "tbody", "tr", "blockquote", "figure"}
_LONGEST_GAP = 50
_SPACES = re.compile(r"[ \t\r\n\f]+")


def remove_element(element: HtmlElement, space: str | None = None) -> None:
    """Remove an element but keep the text after it, with a space before it if `space` is not empty."""
    keep = (" " if space else "") + (element.tail or "")
    if len(keep) > _LONGEST_GAP and not keep.strip():
        keep = keep[:_LONGEST_GAP]  # else the gaps of a thousand empty elements add up
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + keep
    else:
        parent.text = (parent.text or "") + keep
    parent.remove(element)


def unwrap(element: HtmlElement) -> None:
    """Put the element's content in its place, in time that does not grow with the number of its siblings."""
    before = element.getprevious()
    if element.text and before is not None:
        before.tail = (before.tail or "") + element.text
    elif element.text:
        parent = element.getparent()
        parent.text = (parent.text or "") + element.text
    for child in list(element):
        element.addprevious(child)
    remove_element(element)


def words(text: str) -> str:
    """Returns the text with single spaces and none at the ends."""
    return _SPACES.sub(" ", text).strip()


def holds_blocks(element: HtmlElement) -> bool:
    """Whether a block or container is inside the element."""
    return any(child.tag in BLOCKS | WALLS for child in element.iterdescendants())


def is_empty(element: HtmlElement) -> bool:
    """Whether it has no words and contains nothing but line breaks."""
    if not len(element):
        return not (element.text or "").strip()
    only_breaks = all(child.tag == "br" for child in element.iterdescendants())
    return only_breaks and not element.text_content().strip()


def collapse_spaces(root: HtmlElement) -> None:
    """Leave one space where a browser shows one, and none between the parts of a list or table."""
    for element in root.iter():
        element.text = _SPACES.sub(" ", element.text or "")
        element.tail = _SPACES.sub(" ", element.tail or "")
        if element.tag in _HOLDERS:
            element.text = element.text.strip()
            for child in element:
                child.tail = (child.tail or "").strip()


def trim(element: HtmlElement) -> None:
    """Remove spaces and line breaks at both ends of a block."""
    if not len(element):
        element.text = (element.text or "").strip()
        return
    for last in reversed(list(element)):
        if last.tag != "br" or (last.tail or "").strip():
            break
        element.remove(last)
    for first in list(element):
        if first.tag != "br" or (element.text or "").strip():
            break
        element.text = first.tail
        element.remove(first)
    element.text = (element.text or "").lstrip()
    last = last_child(element)
    if last is not None:
        last.tail = (last.tail or "").rstrip()
    else:
        element.text = element.text.rstrip()


def last_child(element: HtmlElement) -> HtmlElement | None:
    """Returns the last child; None without one. Counting the children would read them all."""
    return next(element.iterchildren(reversed=True), None)


def settle_figure(element: HtmlElement) -> None:
    """Make our figure exactly figure + figcaption; any other figure becomes a `div` with its words."""
    caption = next(iter(element.iter("figcaption")), None)
    if caption is not None:
        for part in caption.iter("br", "p", "li", "div"):
            part.tail = f" {part.tail or ''}"  # two lines of a caption are not one word
    caption_words = words(caption.text_content()) if caption is not None else ""
    if element.get("data-photo") is None:
        element.tag = "div"
        return
    tail = element.tail
    attributes = {name: words(value) for name, value in sorted(element.attrib.items()) if words(value)}
    element.clear()
    element.tail = tail
    element.attrib.update(attributes)
    etree.SubElement(element, "figcaption").text = caption_words


def settle_pairs(root: HtmlElement) -> None:
    """Keep `data-beside` only on a figure right after a figure that is not itself second in a row."""
    for figure in root.iterchildren("figure"):
        before = figure.getprevious()
        is_second = before is not None and before.tag == "figure" and "data-beside" not in before.attrib
        if figure.attrib.pop("data-beside", None) == "1" and is_second:
            figure.set("data-beside", "1")


def open_wall(element: HtmlElement) -> None:
    """Replace a container of blocks by its blocks; make a container of words a paragraph."""
    if any(child.tag in BLOCKS | WALLS for child in element):
        wrap_loose(element)
        unwrap(element)
    elif element.getparent().tag in {"div", *WALLS} or element.getparent().tag in {
        "blockquote",
        "li",
        "td",
        "th",
    }:
        element.tag = "p"
    else:
        unwrap(element)


def only_blocks(root: HtmlElement) -> None:
    """Move figures to the top level and wrap loose text in paragraphs."""
    for figure in list(root.iter("figure")):
        top = figure
        while top.getparent() is not root:
            top = top.getparent()
        if top is not figure:
            remove_element(figure)
            figure.tail = None
            top.addprevious(figure)
    wrap_loose(root)


def wrap_loose(root: HtmlElement) -> None:
    """Wrap text and inline elements between blocks in paragraphs."""
    children, root_text = list(root), root.text
    for child in children:
        root.remove(child)
    root.text = None
    paragraph = loose(root, None, root_text)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in {"strong", "em", "a", "br"}:
            if paragraph is None:
                paragraph = etree.SubElement(root, "p")
            paragraph.append(child)
        else:
            child.tag = child.tag if child.tag in BLOCKS | WALLS else "p"
            root.append(child)
            paragraph = None
        paragraph = loose(root, paragraph, tail)


def loose(root: HtmlElement, paragraph: HtmlElement | None, text: str | None) -> HtmlElement | None:
    """Add text to the open paragraph, or to a new one. Returns the paragraph, or None for blank text without
    one.
    """
    if not text or (paragraph is None and not text.strip()):
        return paragraph
    if paragraph is None:
        paragraph = etree.SubElement(root, "p")
    last = last_child(paragraph)
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        paragraph.text = (paragraph.text or "") + text
    return paragraph

"""Turns the pictures of a converted Word text into figures, in their order, each with the words that belong
to it.
"""

import re

from lxml import etree, html
from lxml.html import HtmlElement

from articles.text.alt_words import written_alt
from articles.text.manuscript.captions import LONGEST, names_a_picture
from articles.text.shaping import words

_BYLINE = re.compile(r"(?i)\A(?:tin|bài|tin bài)\b[^:]{0,20}:")
_CREDIT = re.compile(r"[\s(–—-]*\b(?:Ảnh|ảnh|ẢNH)\s*:\s*([^:()]{2,60}?)\s*\)?\.?\Z")
_INITIALS = re.compile(r"\.[A-ZĐ]\.\Z")
_CELLS = {"td", "th"}


def place_pictures(root: HtmlElement) -> None:
    """Replace every picture by a figure at the top level, with its caption and credit where they are sure.

    `img` elements have src “photo:9”; any other source is a picture that was not taken. Paragraphs may have
    the classes caption (Word's style) and centred.
    """
    for image in list(root.iter("img")):
        if not (image.get("src") or "").startswith("photo:"):
            image.drop_tree()
    for table in [table for table in root.iter("table") if next(table.iterancestors("table"), None) is None]:
        if next(table.iter("img"), None) is not None:
            _open_picture_table(table)
    for block in list(root):
        if next(block.iter("img"), None) is not None:
            _lift(block)
    for figure in list(root.iterchildren("figure")):
        following = figure.getnext()
        if figure.find("figcaption") is None and not (following is not None and following.tag == "figure"):
            _take_neighbour(figure)
    for figure in root.iter("figure"):
        _split_credit(figure)


def _figure(image: HtmlElement) -> HtmlElement:
    figure = html.Element("figure", {"data-photo": (image.get("src") or "").removeprefix("photo:")})
    if alt := written_alt(image.get("alt") or ""):
        figure.set("data-alt", alt)
    return figure


def _caption(figure: HtmlElement, text: str) -> None:
    etree.SubElement(figure, "figcaption").text = words(text)


# --- tables that only place pictures -------------------------------------------------------------------


def _open_picture_table(table: HtmlElement) -> None:
    """A table of pictures and short lines becomes its figures; pictures of another table stand after it."""
    rows = [[cell for cell in row if cell.tag in _CELLS] for row in table.iter("tr")]
    lines = [words(cell.text_content()) for row in rows for cell in row]
    said = [line for line in lines if line]
    pictures = len(list(table.iter("img")))
    if (
        len(said) > pictures
        or any(len(line) > LONGEST for line in said)
        or len(list(table.iter("table"))) > 1
    ):
        _lift(table)
        return
    figures: list[HtmlElement] = []
    waiting: dict[int, HtmlElement] = {}
    for row in rows:
        made = _figures_of_row(row, waiting)
        if len(made) == 2 and all(len(list(cell.iter("img"))) < 2 for cell in row):
            made[1].set("data-beside", "1")
        figures += made
    for figure in figures:
        table.addprevious(figure)
    table.drop_tree()


def _figures_of_row(row: list[HtmlElement], waiting: dict[int, HtmlElement]) -> list[HtmlElement]:
    """Returns the row's figures. `waiting` are those above it, by column, that have no caption yet."""
    made: list[HtmlElement] = []
    for column, cell in enumerate(row):
        text = words(cell.text_content())
        inside = [_figure(image) for image in cell.iter("img")]
        if inside:
            made += inside
            waiting[column] = inside[-1]
        owner = waiting.get(column if column in waiting else max(waiting, default=column))
        if text and owner is not None and owner.find("figcaption") is None:
            _caption(owner, text)
        elif text and owner is not None:
            owner[-1].text = f"{owner[-1].text} {text}"
    return made


# --- pictures in paragraphs ----------------------------------------------------------------------------


def _lift(block: HtmlElement) -> None:
    """Puts the pictures of a block beside it in their order: before it when no words stand before them."""
    images = list(block.iter("img"))
    is_first = not words(_text_before(block, images[0]))
    figures = [_figure(image) for image in images]
    if block.tag == "p":
        under = _line_under(block, images[-1])
        if under is not None:
            _caption(figures[-1], under)
    for image in images:
        image.drop_tree()
    if is_first and block.tag not in {"table", "ul", "ol"}:
        for figure in figures:
            block.addprevious(figure)
    else:
        for figure in reversed(figures):
            block.addnext(figure)
    if block.tag == "p" and not words(block.text_content()):
        block.drop_tree()


def _text_before(block: HtmlElement, image: HtmlElement) -> str:
    said = block.text or ""
    for element in block.iterdescendants():
        if element is image:
            break
        said += element.text or ""
    for element in block.iterdescendants():
        if element is image:
            break
        if image not in element.iterdescendants():
            said += element.tail or ""
    return said


def _line_under(block: HtmlElement, image: HtmlElement) -> str | None:
    """Returns the short line after the picture and a line break, and takes it out of the paragraph."""
    top = image
    while top.getparent() is not block:
        top = top.getparent()
    following = list(top.itersiblings())
    if words(top.tail or "") or not following or following[0].tag != "br":
        return None
    text = (following[0].tail or "") + "".join(
        element.text_content() + (element.tail or "") for element in following[1:]
    )
    if not words(text) or len(words(text)) > LONGEST:
        return None
    for element in following:
        block.remove(element)
    return text


def _take_neighbour(figure: HtmlElement) -> None:
    """The paragraph after the figure, or Word's caption before it, becomes its caption where that is sure."""
    after, before = figure.getnext(), figure.getprevious()
    if after is not None and _is_caption(after):
        _caption(figure, after.text_content())
        after.drop_tree()
    elif before is not None and before.tag == "p" and before.get("class") == "caption":
        _caption(figure, before.text_content())
        before.drop_tree()


def _is_caption(block: HtmlElement) -> bool:
    said = words(block.text_content())
    if block.tag != "p" or not said or len(said) > LONGEST or _BYLINE.match(said):
        return False
    if block.get("style"):  # an item of a list
        return False
    if block.get("class") == "caption" or names_a_picture(said):
        return True
    italic = "".join(node.text_content() for node in block.iter("em"))
    is_apart = block.get("class") == "centred" or words(italic) == said
    return is_apart and any(letter.isalpha() for letter in said)


def _split_credit(figure: HtmlElement) -> None:
    """“… Ảnh: H.N.” at the end of a caption is the credit."""
    caption = figure.find("figcaption")
    found = _CREDIT.search(caption.text or "") if caption is not None else None
    if found and figure.get("data-credit") is None:
        figure.set("data-credit", found[1].strip() + ("." if _INITIALS.search(found[0].rstrip(" )")) else ""))
        caption.text = (caption.text or "")[: found.start()].strip()

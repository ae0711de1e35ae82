"""The text of a page that is HTML already: empty lines part paragraphs, a picture's table is a figure."""

import re
from html import escape

from lxml import etree, html

from articles.bulk.old_site.bodies import ReadBody
from articles.text.body import parse

# Editors of old sites end paragraphs with two line ends.
_GAP = re.compile(r"<br\s{0,5}/?>(?:(?:\s|&nbsp;|\u00a0){0,20}<br\s{0,5}/?>){1,50}", re.IGNORECASE)
_LONGEST_CAPTION = 500


def open_webpage(content: str, text: ReadBody) -> str:
    """Returns the text with its paragraphs and figures; nothing is left out of it."""
    content = _GAP.sub("</p><p>", content)
    if "<table" not in content.lower() or "<img" not in content.lower():
        return content
    root = parse(content)
    for table in list(root.iter("table")):
        _settle_picture(table)
    inner = [etree.tostring(child, encoding="unicode", method="html") for child in root]
    return "".join([escape(root.text or "", quote=False), *inner])


def _settle_picture(table: html.HtmlElement) -> None:
    """A table of one column with one picture becomes a figure; its words are the caption."""
    rows, images = list(table.iter("tr")), list(table.iter("img"))
    caption = " ".join(table.text_content().split())
    is_column = all(len(row.findall("td")) + len(row.findall("th")) == 1 for row in rows)
    holds_more = next(table.iter("a", "ul", "ol"), None) is not None and bool(caption)
    if len(images) != 1 or not is_column or holds_more or len(caption) > _LONGEST_CAPTION or len(rows) > 3:
        return
    figure = html.Element("figure")
    image = images[0]
    image.tail = None
    figure.append(image)
    etree.SubElement(figure, "figcaption").text = caption
    figure.tail = table.tail
    table.getparent().replace(table, figure)

"""What WordPress writes in its own way: shortcodes, text between blocks, addresses alone on a line."""

import re
from html import unescape

from articles.bulk.old_site.bodies import ReadBody, link
from articles.bulk.old_site.witness import DOWNLOAD_BUTTON
from articles.bulk.wordpress.paragraphs import settle_paragraphs
from articles.bulk.wordpress.shortcodes import Codes, open_shortcodes, without_shortcodes

# WordPress shows an address alone on its line as a video or card, in both editors.
_LONELY = re.compile(
    r"(?m)^[ \t]{0,20}(?:<p>)?[ \t]{0,20}(https?://[^\s<>\"']{1,1000})[ \t]{0,20}(?:</p>)?[ \t]{0,20}$"
)
# The source of a quotation, after its paragraph or at its end.
_CITE = re.compile(
    r"(?:(?<=</p>)|(?<=</p>\n<!-- /wp:paragraph -->)|(?<=</p><!-- /wp:paragraph -->))\s{0,20}"
    r"<cite\b[^<>]{0,500}>(.{1,500}?)</cite>"
    r"|<cite\b[^<>]{0,500}>(.{1,500}?)</cite>(?=\s{0,20}</(?:blockquote|figure)>)",
    re.IGNORECASE,
)
# A block without text of its own: the site generated its content for each reader.
_MADE_BLOCK = re.compile(r"<!-- wp:([a-z][\w/-]{1,60}?)(?=\s)[^<>]*+(?<= /--)>")


def open_markup(content: str, text: ReadBody) -> str:
    """Returns the post as HTML; `text` gets the names of what was removed."""
    codes = Codes()
    content = DOWNLOAD_BUTTON.sub("", content)
    content = _CITE.sub(lambda cite: f"<p>{cite[1] or cite[2]}</p>", content)
    content = open_shortcodes(content, lambda address: link(address, text))
    content = _LONELY.sub(lambda found: link(unescape(found[1]), text), content)
    made = {f"wp:{found[1]}" for found in _MADE_BLOCK.finditer(content)}
    content = settle_paragraphs(without_shortcodes(content, codes))
    text.shortcodes, text.code_words = codes.names | made, codes.words
    return content

"""Counts the words of a post the plain way, and names those that did not arrive in its story."""

import re
from html import unescape

from articles.text.manuscript.shown import shown_text
from articles.text.manuscript.witness import lost_words
from foundation.language.plain import clean_words

DOWNLOAD_BUTTON = re.compile(
    r"<a\b[^<>]{0,2000}\bwp-block-file__button\b[^<>]{0,2000}>[^<>]{0,200}</a>", re.IGNORECASE
)
_CODE = re.compile(
    r"""\[/?([a-z][\w-]{1,60}+)(?>="[^"]{0,3000}+"|='[^']{0,3000}+'|[^\[\]"'=]++|["'=]){0,300}+\]"""
)
_CODES = {"audio", "video", "gallery", "embed", "caption", "wp_caption"}


def missing_words(content: str, codes: set[str], said: str) -> list[str]:
    """Returns the words of the post that are not in `said` (with markup), and where they stood.

    `codes` are the names of the shortcodes that were removed.
    """
    shown, arrived = _read(content, codes), "\n".join(_read(said, set()))
    if "".join(" ".join(shown).split()) == "".join(arrived.split()):
        return []  # sign for sign the same, as most posts are; counting words takes ten times longer
    lost = lost_words(shown, arrived)
    if lost:  # an old font or look-alike letters, which the story has in ours
        lost = lost_words(clean_words("\n".join(shown)).split("\n"), arrived)
    return lost


def _read(content: str, codes: set[str]) -> list[str]:
    """Returns the lines of a text as its reader sees them."""
    content = shown_text(DOWNLOAD_BUTTON.sub("", content))
    if "[" in content:
        names = codes | _CODES
        content = _CODE.sub(lambda code: "\n" if code[1].lower() in names else code[0], content)
    return [line for line in unescape(content).split("\n") if line.strip()]

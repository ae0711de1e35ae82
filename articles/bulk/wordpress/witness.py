"""Counts the words of a post the plain way, and names those that did not arrive in its story."""

import re
from html import unescape

from articles.text.manuscript.witness import lost_words
from foundation.language.plain import clean_words

DOWNLOAD_BUTTON = re.compile(
    r"<a\b[^<>]{0,2000}\bwp-block-file__button\b[^<>]{0,2000}>[^<>]{0,200}</a>", re.IGNORECASE
)
# Words that no reader sees: programs, style sheets, what stands for them.
_ASIDE = re.compile(r"<(/?)(script|style|noscript|template)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(
    r"""</?([a-z][\w:-]*+)(?>="[^"]{0,3000}+"|='[^']{0,3000}+'|[^<>"'=]++|["'=]){0,300}+>""", re.IGNORECASE
)
_DECLARATION = re.compile(r"<[!?][^<>]*+>")  # Word's <![if !vml]>
_CODE = re.compile(
    r"""\[/?([a-z][\w-]{1,60}+)(?>="[^"]{0,3000}+"|='[^']{0,3000}+'|[^\[\]"'=]++|["'=]){0,300}+\]"""
)
_INSIDE_WORDS = {
    "a", "abbr", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
}  # fmt: skip
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
    content = _without_asides(_without_comments(DOWNLOAD_BUTTON.sub("", content)))
    content = _DECLARATION.sub("", content)
    content = _TAG.sub(lambda tag: "" if tag[1].lower() in _INSIDE_WORDS else "\n", content)
    if "[" in content:
        names = codes | _CODES
        content = _CODE.sub(lambda code: "\n" if code[1].lower() in names else code[0], content)
    return [line for line in unescape(content).split("\n") if line.strip()]


def _without_comments(content: str) -> str:
    before, *rest = content.split("<!--")
    return before + "".join(part.partition("-->")[2] for part in rest)


def _without_asides(content: str) -> str:
    parts, at, opened = [], 0, ""
    for tag in _ASIDE.finditer(content):
        name = tag[2].lower()
        if not opened and not tag[1]:
            parts.append(content[at : tag.start()])
            opened, at = name, tag.end()
        elif opened == name and tag[1]:
            opened, at = "", tag.end()
    return "".join([*parts, "" if opened else content[at:]])

"""Converts the text of an old site's post into a story's body: figures, links, what no reader saw."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape

from lxml import etree, html

from articles.bulk.old_site.witness import missing_words
from articles.text.alt_words import written_alt
from articles.text.body import clean_body, parse
from articles.text.manuscript.readings import write_readings
from articles.text.manuscript.sheets import Sheet
from articles.text.manuscript.unseen import LeftOut, remove_unseen
from articles.text.nesting import flatten_deep
from articles.text.raising import put_on_the_line
from articles.text.shaping import words

# (number, address) of a picture → attributes and caption of its figure here, or None.
type Resolve = Callable[[int, str], dict[str, str] | None]

_MARKUP = re.compile(r"<[^<>]{1,2000}>")
_IFRAME = re.compile(
    r"""<iframe\b[^<>]{0,1000}?\ssrc=["'](https?://[^"'<>]{1,1000})["'][^<>]{0,1000}>(?:[^<]{0,200}</iframe>)?""",
    re.IGNORECASE,
)
_PLAYER = re.compile(r"<(video|audio|object|embed)\b([^<>]{0,2000})>", re.IGNORECASE)
_PLAYER_ENDS = re.compile(r"</(?:video|audio|object|embed)>", re.IGNORECASE)
_LONGEST_PLAYER = 1500  # letters between its two tags
_SOURCE = re.compile(r"""\b(?:src|data|value)=["'](https?://[^"'<>\s]{1,1000})["']""", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"""background(?:-image)?\s*:[^;]{0,200}?url\(\s*["']?([^"')]{1,2000})""", re.IGNORECASE
)
_LATER = (
    "data-src",
    "data-lazy-src",
    "data-original",
)  # where a theme shows the picture only when it is near
_MAY_HIDE = re.compile(
    r"style\s*=|<style|\bhidden\b|<(?:s|strike|del|su[bp]|ruby|iframe|object|embed)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)
_NUMBER_IN_CLASS = re.compile(r"\bwp-image-(\d{1,15})\b")


@dataclass
class ReadBody:
    """A cleaned body, and what was left out of it."""

    body: str
    missing: list[str] = field(default_factory=list)  # addresses of pictures
    shortcodes: set[str] = field(default_factory=set)
    embeds: list[str] = field(default_factory=list)  # kept as plain links
    left_out: list[LeftOut] = field(default_factory=list)  # unseen on the old site, or struck out
    raised: list[str] = field(default_factory=list)  # exponents with ^ or _, readings in brackets
    code_words: list[str] = field(default_factory=list)  # they stood in a shortcode's attributes
    wanted: list[tuple[int, str]] = field(default_factory=list)  # pictures: number, address
    lost: list[str] = field(default_factory=list)  # words and pictures that are here without a reason


# What a kind of site writes in its own way → HTML; notes in the ReadBody what it leaves out.
type Markup = Callable[[str, ReadBody], str]


def read_body(content: str, resolve: Resolve, markup: Markup) -> ReadBody:
    """Returns the post's text as a story's body. `resolve(number, address)` returns a picture's photo."""
    text = ReadBody("")
    source = content = content.replace("\r\n", "\n").replace("\r", "\n")
    content = _sift(flatten_deep(content), text)
    content = _without_players(content, text)
    content = _IFRAME.sub(lambda found: link(unescape(found[1]), text), content)
    content = markup(content, text)
    pictures = 0
    if _shows_pictures(content):
        content, pictures = _with_photos(content, resolve, text)
    text.body = clean_body(content)
    told = [piece.words for piece in text.left_out] + text.embeds + text.code_words
    text.lost = missing_words(source, text.shortcodes, " ".join([text.body, *told]))
    if (gone := pictures - text.body.count("<figure ")) > 0:
        text.lost.append(f"{gone} ảnh")
    return text


def seen_words(markup: str) -> str:
    """Returns the words of a short text (an excerpt) as its reader saw them, without markup."""
    return _MARKUP.sub(" ", _sift(markup, ReadBody("")))


def _sift(content: str, text: ReadBody) -> str:
    """Removes what no reader of the old site saw, before anything of it becomes a link or a figure here."""
    if not _MAY_HIDE.search(content):
        return content
    root = parse(content)
    text.left_out += remove_unseen(root, Sheet(content))
    text.raised += [*write_readings(root), *put_on_the_line(root)]
    return _inner(root)


def read_plainly(contents: list[str], markup: Markup) -> list[ReadBody]:
    """Returns the bodies without pictures, and in `wanted` the pictures that must be resolved first."""
    return [_read_wanting(content, markup) for content in contents]


def _read_wanting(content: str, markup: Markup) -> ReadBody:
    wanted: list[tuple[int, str]] = []
    text = read_body(content, lambda number, address: wanted.append((number, address)), markup)
    text.wanted = wanted
    return text


def holds_pictures(content: str) -> bool:
    """Whether the post's text contains a picture or gallery."""
    return _shows_pictures(content) or "[gallery" in content.lower()


def _shows_pictures(content: str) -> bool:
    return "<img" in content.lower() or "wp-block-cover" in content


def link(address: str, text: ReadBody) -> str:
    """Returns a paragraph with the address of something embedded, and notes it."""
    text.embeds.append(address)
    shown = escape(address)
    return f'\n\n<p><a href="{shown}">{shown}</a></p>\n\n'


def _without_players(content: str, text: ReadBody) -> str:
    """A player becomes a link; a file's preview is dropped, because a link is next to it already."""
    parts, at = [], 0
    for player in _PLAYER.finditer(content):
        if player.start() < at:
            continue
        ends = _PLAYER_ENDS.search(content, player.end(), player.end() + _LONGEST_PLAYER)
        inside = content[player.end() : ends.start()] if ends else ""
        source = _SOURCE.search(player[2]) or _SOURCE.search(inside)
        parts.append(content[at : player.start()])
        if source and "wp-block-file" not in player[2]:
            parts.append(link(unescape(source[1]), text))
        at = ends.end() if ends else player.end()
    return "".join([*parts, content[at:]])


def _with_photos(content: str, resolve: Resolve, text: ReadBody) -> tuple[str, int]:
    """Returns the content with our photos, and how many there are."""
    root, taken = parse(content), 0
    _show_backgrounds(root)
    for image in list(root.iter("img")):
        number = _NUMBER_IN_CLASS.search(image.get("class", "")) or _NUMBER.fullmatch(
            image.get("data-id", "")
        )
        known = int(number[number.lastindex or 0]) if number else 0
        source = _source_of(image)
        said = resolve(known, source)
        if said is None:
            text.missing.append(source or f"#{known or '?'}")
            image.drop_tree()
        else:
            _put(image, said)
            taken += 1
    return _inner(root), taken


def _show_backgrounds(root: html.HtmlElement) -> None:
    """The picture behind the words of a cover stands before them."""
    for element in list(root.iter("div", "section", "span", "figure", "header", "p")):
        found = (
            _BACKGROUND.search(element.get("style", ""))
            if "wp-block-cover" in element.get("class", "")
            else None
        )
        if found:
            image = html.Element("img", {"src": found[1].strip(), "class": element.get("class", "")})
            element.insert(0, image)
            image.tail, element.text = element.text, None


def _source_of(image: html.HtmlElement) -> str:
    source = image.get("src", "")
    if source.startswith(("http://", "https://", "/")):
        return source
    return next((image.get(name) for name in _LATER if image.get(name)), source)


def _inner(root: html.HtmlElement) -> str:
    parts = [etree.tostring(child, encoding="unicode", method="html") for child in root]
    return "".join([escape(root.text or "", quote=False), *parts])


def _put(image: html.HtmlElement, said: dict[str, str]) -> None:
    """Uses the picture's own figure for the photo; a picture without figure gets one."""
    marks = {name: value for name, value in said.items() if name != "caption"}
    alt = written_alt(image.get("alt") or "")
    if alt and not marks.get("data-alt"):
        marks["data-alt"] = alt
    figure = next(image.iterancestors("figure"), None)
    if figure is not None and figure.get("data-photo") is None and _is_all(image, figure):
        figure.attrib.update(marks)
        image.drop_tree()
        return
    figure = html.Element("figure", marks)
    etree.SubElement(figure, "figcaption").text = said.get("caption", "")
    figure.tail = image.tail
    image.getparent().replace(image, figure)


def _is_all(image: html.HtmlElement, figure: html.HtmlElement) -> bool:
    """Whether the figure holds this picture and its caption only; a gallery or a card holds more."""
    others = [
        node for node in figure.iter() if node.tag in ("img", "figure", "figcaption") and node is not figure
    ]
    captions = [node for node in others if node.tag == "figcaption"]
    said = sum(len(words(node.text_content())) for node in captions)
    is_alone = [node for node in others if node.tag != "figcaption"] == [image] and len(captions) <= 1
    return is_alone and len(words(figure.text_content())) == said

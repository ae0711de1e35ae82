"""Converts the text of a WordPress post into HTML for our cleaning: paragraphs, figures, links."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape

from lxml import etree, html

from articles.text.alt_words import written_alt
from articles.text.body import clean_body, parse
from articles.text.manuscript.sheets import Sheet
from articles.text.manuscript.unseen import LeftOut, remove_unseen
from articles.text.raising import put_on_the_line

# (number, address) of a picture → attributes and caption of its figure here, or None.
type Resolve = Callable[[int, str], dict[str, str] | None]

_BLOCK = (
    "p|div|h[1-6]|ul|ol|table|blockquote|pre|figure|hr|section|article|address|details|form|fieldset|iframe"
)
# Every repetition is bounded, so that a text without a closing part does not make the search slow.
_OPENS = re.compile(rf"(<(?:{_BLOCK})(?:\s[^<>]{{0,2000}})?/?>)", re.IGNORECASE)
_CLOSES = re.compile(rf"(</(?:{_BLOCK})>)", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n+")
_BEGINS_BLOCK = re.compile(rf"</?(?:{_BLOCK}|li|t[drh]|thead|tbody|figcaption)[\s/>]", re.IGNORECASE)
_CAPTION = re.compile(
    r"\[(?:wp_)?caption\b([^\]\n]{0,1000})\](.{0,2500}?)\[/(?:wp_)?caption\]", re.IGNORECASE | re.DOTALL
)
_IMAGE = re.compile(r"<img\b[^<>]{0,4000}>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{1,2000}>")
_GALLERY = re.compile(r"\[gallery\b([^\]\n]{0,4000})\]", re.IGNORECASE)
_EMBED = re.compile(
    r"\[embed\b[^\]\n]{0,300}\]\s{0,20}(https?://[^\s\[<]{1,1000})\s{0,20}\[/embed\]", re.IGNORECASE
)
_IFRAME = re.compile(
    r"""<iframe\b[^<>]{0,1000}?\ssrc=["'](https?://[^"'<>]{1,1000})["'][^<>]{0,1000}>(?:[^<]{0,200}</iframe>)?""",
    re.IGNORECASE,
)
# Square brackets are also normal text: a shortcode has attributes, a closing part or a known name.
_OPENING = re.compile(r"\[([a-z][\w-]{1,40})\b[^\[\]\n]{0,500}\]")
_CLOSING = re.compile(r"\[/([a-z][\w-]{1,40})\]")
_SINGLE = re.compile(
    r"""\[([a-z][\w-]{1,40})(?:\s+[\w-]{1,40}=(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|[^\s\]"']{1,500})){1,30}\s{0,5}/?\]"""
)
_ALONE = re.compile(r"(?m)^[ \t]{0,20}\[([a-z][\w-]{1,40})\][ \t]{0,20}$")
# WordPress shows an address alone on its line as a video or card, in both editors.
_LONELY = re.compile(
    r"(?m)^[ \t]{0,20}(?:<p>)?[ \t]{0,20}(https?://[^\s<>\"']{1,1000})[ \t]{0,20}(?:</p>)?[ \t]{0,20}$"
)
_MEDIA_CODE = re.compile(
    r"\[(?:audio|video)\b([^\]\n]{0,2000})\](?:[^\[\]]{0,500}\[/(?:audio|video)\])?", re.IGNORECASE
)
_MEDIA_KINDS = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "wma", "flv")
_MEDIA = re.compile(
    r"<(video|audio|object|embed)\b([^<>]{0,2000})>(?:(.{0,1500}?)</\1>)?", re.IGNORECASE | re.DOTALL
)
_SOURCE = re.compile(r"""\b(?:src|data|value)=["'](https?://[^"'<>\s]{1,1000})["']""", re.IGNORECASE)
_DOWNLOAD_BUTTON = re.compile(
    r"<a\b[^<>]{0,2000}\bwp-block-file__button\b[^<>]{0,2000}>[^<>]{0,200}</a>", re.IGNORECASE
)
_CITE = re.compile(r"(</p>)\s{0,20}<cite\b[^<>]{0,500}>(.{1,500}?)</cite>", re.IGNORECASE)
# A block without text of its own: the site generated its content for each reader.
_MADE_BLOCK = re.compile(r"<!-- wp:([a-z][\w/-]{1,60})(?: [^<>]{0,2000}?)? /-->")
_KNOWN = ("audio", "video", "playlist", "contact-form-7", "gallery", "embed", "caption")
_ATTRIBUTE = re.compile(r"""([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_MAY_HIDE = re.compile(
    r"style\s*=|<style|\bhidden\b|<(?:s|strike|del|su[bp]|iframe|object|embed)\b", re.IGNORECASE
)
_NUMBER_IN_CLASS = re.compile(r"\bwp-image-(\d{1,15})\b")


@dataclass
class ReadBody:
    """A cleaned body, and what was left out of it."""

    body: str
    missing: list[str] = field(default_factory=list)  # addresses of pictures
    shortcodes: set[str] = field(default_factory=set)
    embeds: list[str] = field(default_factory=list)  # kept as plain links
    left_out: list[LeftOut] = field(default_factory=list)  # unseen on the old site, or struck out
    raised: list[str] = field(default_factory=list)  # exponents of letters, written with ^ or _


def read_body(content: str, resolve: Resolve) -> ReadBody:
    """Returns the post's text as a story's body. `resolve(number, address)` returns a picture's photo."""
    text = ReadBody("")
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    content = _sift(content, text)
    content = _DOWNLOAD_BUTTON.sub("", content)
    content = _MEDIA_CODE.sub(lambda found: _film(found[1], text) or found[0], content)
    content = _MEDIA.sub(lambda found: _player(found, text), content)
    content = _CITE.sub(r"\1<p>\2</p>", content)
    content = _CAPTION.sub(_figure, content)
    content = _GALLERY.sub(_gallery, content)
    content = _EMBED.sub(lambda found: _link(found[1], text), content)
    content = _IFRAME.sub(lambda found: _link(unescape(found[1]), text), content)
    content = _LONELY.sub(lambda found: _link(unescape(found[1]), text), content)
    text.shortcodes |= {f"wp:{found[1]}" for found in _MADE_BLOCK.finditer(content)}
    content = _without_shortcodes(content, text)
    if "<!-- wp:" not in content:
        content = paragraphs(content)
    if "<img" in content.lower():
        content = _with_photos(content, resolve, text)
    text.body = clean_body(content)
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
    text.raised += put_on_the_line(root)
    return _inner(root)


def read_plainly(contents: list[str]) -> list[ReadBody | None]:
    """Returns the bodies of posts without pictures; None for posts whose pictures must be resolved first."""
    return [None if holds_pictures(content) else read_body(content, _none) for content in contents]


def holds_pictures(content: str) -> bool:
    """Whether the post's text contains a picture or gallery."""
    lowered = content.lower()
    return "<img" in lowered or "[gallery" in lowered


def _none(number: int, address: str) -> None:
    """No picture is known."""


def paragraphs(content: str) -> str:
    """Returns HTML of a text without blocks: an empty line ends a paragraph, a line end is a line break."""
    spread = _CLOSES.sub(r"\1\n\n", _OPENS.sub(r"\n\n\1", content))
    parts = (part.strip() for part in _BLANK.split(spread))
    return "\n".join(_paragraph(part) for part in parts if part)


def _paragraph(part: str) -> str:
    if _BEGINS_BLOCK.match(part):
        return part
    return "<p>" + part.replace("\n", "<br>") + "</p>"


def _figure(found: re.Match[str]) -> str:
    inside = found[2]
    image = _IMAGE.search(inside)
    if image is None:
        return inside
    caption = attributes(found[1]).get("caption", "") or _MARKUP.sub("", inside[image.end() :]).strip()
    return f"\n\n<figure>{image[0]}<figcaption>{caption}</figcaption></figure>\n\n"


def _gallery(found: re.Match[str]) -> str:
    numbers = [n for n in attributes(found[1]).get("ids", "").split(",") if n.strip().isdigit()]
    if not numbers:
        return found[0]
    images = "".join(f'<figure><img class="wp-image-{n.strip()}" src=""></figure>' for n in numbers)
    return f"\n\n<div>{images}</div>\n\n"


def _link(address: str, text: ReadBody) -> str:
    text.embeds.append(address)
    shown = escape(address)
    return f'\n\n<p><a href="{shown}">{shown}</a></p>\n\n'


def _film(words: str, text: ReadBody) -> str:
    said = attributes(words)
    address = next((said[kind] for kind in _MEDIA_KINDS if said.get(kind)), "")
    return _link(address, text) if address.startswith(("http://", "https://")) else ""


def _player(found: re.Match[str], text: ReadBody) -> str:
    """A player becomes a link; a file's preview is dropped, because a link is next to it already."""
    source = _SOURCE.search(found[2]) or _SOURCE.search(found[3] or "")
    if source is None or "wp-block-file" in found[2]:
        return ""
    return _link(unescape(source[1]), text)


def _without_shortcodes(content: str, text: ReadBody) -> str:
    """Removes shortcodes; the words between an opening and a closing one stay."""
    if "[" not in content:
        return content
    for pattern in (_SINGLE, _ALONE):
        text.shortcodes |= {found[1] for found in pattern.finditer(content)}
    closed = set(_CLOSING.findall(content)) | set(_KNOWN)
    text.shortcodes |= {found[1] for found in _OPENING.finditer(content) if found[1] in closed}
    content = _OPENING.sub(lambda found: "" if found[1] in text.shortcodes else found[0], content)
    return _CLOSING.sub(lambda found: "" if found[1] in text.shortcodes else found[0], content)


def attributes(words: str) -> dict[str, str]:
    """Returns the attributes in a shortcode's or tag's text."""
    return {name: unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(words)}


def _with_photos(content: str, resolve: Resolve, text: ReadBody) -> str:
    root = parse(content)
    for image in list(root.iter("img")):
        number = _NUMBER_IN_CLASS.search(image.get("class", ""))
        source = image.get("src", "")
        said = resolve(int(number[1]) if number else 0, source)
        if said is None:
            text.missing.append(source or f"#{number[1] if number else '?'}")
            image.drop_tree()
        else:
            _put(image, said)
    return _inner(root)


def _inner(root: html.HtmlElement) -> str:
    parts = [etree.tostring(child, encoding="unicode", method="html") for child in root]
    return "".join([escape(root.text or "", quote=False), *parts])


def _put(image: html.HtmlElement, said: dict[str, str]) -> None:
    """Uses the picture's own figure for the photo; a picture without figure gets one."""
    words = {name: value for name, value in said.items() if name != "caption"}
    alt = written_alt(image.get("alt") or "")
    if alt and not words.get("data-alt"):
        words["data-alt"] = alt
    figure = next(image.iterancestors("figure"), None)
    if figure is not None and figure.get("data-photo") is None and len(list(figure.iter("img"))) == 1:
        figure.attrib.update(words)
        image.drop_tree()
        return
    figure = html.Element("figure", words)
    etree.SubElement(figure, "figcaption").text = said.get("caption", "")
    figure.tail = image.tail
    image.getparent().replace(image, figure)

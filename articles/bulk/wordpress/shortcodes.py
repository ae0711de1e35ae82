"""WordPress' codes in square brackets: captions and galleries become figures, films links, the rest goes."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape

# What stands between the name and the bracket: quoted values may hold brackets themselves. Each repetition is
# bounded, so that no text makes the search slow.
_SAID = r"""((?>="[^"]{0,3000}+"|='[^']{0,3000}+'|[^\[\]"'=]++|["'=]){0,300}+)"""
_CAPTION = re.compile(rf"\[(/?)(?:wp_)?caption\b{_SAID}\]", re.IGNORECASE)
_GALLERY = re.compile(rf"\[gallery\b{_SAID}\]", re.IGNORECASE)
_MEDIA = re.compile(rf"\[(?:audio|video)\b{_SAID}\](?:[^\[\]]{{0,500}}\[/(?:audio|video)\])?", re.IGNORECASE)
_EMBED = re.compile(
    r"\[embed\b[^\]\[\n]{0,300}\]\s{0,20}(https?://[^\s\[<]{1,1000})\s{0,20}\[/embed\]", re.IGNORECASE
)
# Square brackets are also normal text: a code has attributes, a closing part, a known name or its own line.
_OPENING = re.compile(rf"\[([a-z][\w-]{{1,60}}+){_SAID}\]")
_CLOSING = re.compile(r"\[/([a-z][\w-]{1,60}+)\]")
_ATTRIBUTES = re.compile(r"""(?:\s++[\w-]{1,60}+=(?:"[^"]*+"|'[^']*+'|[^\s\[\]"']++))++\s*+/?""")
_ALONE = re.compile(r"(?m)^[ \t]{0,20}\[([a-z][\w-]{1,60}+)\][ \t]{0,20}$")
_KNOWN = {"audio", "video", "playlist", "contact-form-7", "gallery", "embed", "caption", "wp_caption"}
_ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]++)=(?:"([^"]*+)"|'([^']*+)'|([^\s"'\]]++))""")
_IMAGE = re.compile(
    r"""<img\b(?>="[^"]{0,3000}+"|='[^']{0,3000}+'|[^<>"'=]++|["'=]){0,300}+>""", re.IGNORECASE
)
_BREAK = re.compile(r"<br\s{0,5}/?>|</p>", re.IGNORECASE)
_LINKED = re.compile(r"<a\b[^<>]{0,2000}>\s*+$", re.IGNORECASE)
_MEDIA_KINDS = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "wma", "flv")
_SHOWN = ("title", "text", "heading", "subtitle", "content", "caption", "label", "description")


@dataclass
class Codes:
    """What was met: names of removed codes, and words that stood in their attributes."""

    names: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)


def open_shortcodes(content: str, link: Callable[[str], str]) -> str:
    """Returns the content with captions, galleries, films and embeds as HTML; `link` draws an address."""
    if "[" not in content:
        return content
    content = _MEDIA.sub(lambda found: _film(found[1], link) or found[0], content)
    content = _with_captions(content)
    content = _GALLERY.sub(_gallery, content)
    return _EMBED.sub(lambda found: link(found[1]), content)


def without_shortcodes(content: str, codes: Codes) -> str:
    """Removes the other codes; the words between an opening and a closing one stay."""
    if "[" not in content:
        return content
    found = list(_OPENING.finditer(content))
    closed = set(_CLOSING.findall(content)) | _KNOWN
    codes.names |= set(_ALONE.findall(content))
    codes.names |= {one[1] for one in found if one[1] in closed or _ATTRIBUTES.fullmatch(one[2])}
    for one in found:
        if one[1] in codes.names:
            said = attributes(one[2])
            codes.words += [said[name] for name in _SHOWN if " " in said.get(name, "").strip()]
    content = _OPENING.sub(lambda one: "" if one[1] in codes.names else one[0], content)
    return _CLOSING.sub(lambda one: "" if one[1] in codes.names else one[0], content)


def with_own_pictures(content: str, numbers: str) -> str:
    """Returns the content with these pictures in its galleries that name none."""

    def filled(gallery: re.Match[str]) -> str:
        names_some = {"ids", "include"} & attributes(gallery[1]).keys()
        return gallery[0] if names_some else f'[gallery ids="{numbers}"{gallery[1]}]'

    return _GALLERY.sub(filled, content)


def attributes(words: str) -> dict[str, str]:
    """Returns the attributes in a shortcode's or tag's text."""
    return {name: unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(words)}


def _with_captions(content: str) -> str:
    """Each closing part belongs to the last opening one before it."""
    parts, at, opened = [], 0, None
    for sign in _CAPTION.finditer(content):
        if not sign[1]:
            opened = sign
        elif opened is not None:
            inside = content[opened.end() : sign.start()]
            parts += [content[at : opened.start()], _figure(attributes(opened[2]), inside)]
            at, opened = sign.end(), None
    return "".join([*parts, content[at:]])


def _figure(said: dict[str, str], inside: str) -> str:
    """The first picture gets the caption: the attribute, else the words inside. Nothing inside is lost."""
    image = _IMAGE.search(inside)
    if image is None:
        return f"{inside}\n\n{said.get('caption', '')}"
    before = _LINKED.sub("", inside[: image.start()])
    around = f"{before} {inside[image.end() :]}"
    others = "".join(_IMAGE.findall(around))
    words = _BREAK.sub(" ", _IMAGE.sub("", around)).strip()
    caption, after = (said["caption"], words) if said.get("caption") else (words, "")
    return f"\n\n<figure>{image[0]}<figcaption>{caption}</figcaption></figure>\n\n{others}{after}\n\n"


def _gallery(found: re.Match[str]) -> str:
    said = attributes(found[1])
    numbers = [n.strip() for n in (said.get("ids") or said.get("include", "")).split(",")]
    images = [f'<img class="wp-image-{n}" src="">' for n in numbers if n.isascii() and n.isdigit()]
    return f"\n\n<div>{''.join(images)}</div>\n\n" if images else found[0]


def _film(words: str, link: Callable[[str], str]) -> str:
    said = attributes(words)
    address = next((said[kind] for kind in _MEDIA_KINDS if said.get(kind)), "")
    return link(address) if address.startswith(("http://", "https://")) else ""

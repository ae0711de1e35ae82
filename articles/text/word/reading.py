"""Reads a Word text: prepared, converted by mammoth, given as HTML for the door of pasted text.

`docs/decisions/0008-word-files.md` says why.
"""

import re
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from django.utils.functional import SimpleLazyObject
from lxml import etree
from lxml.html import HtmlElement

from articles.text.body import parse
from articles.text.manuscript.unseen import MARGIN, REMARK, LeftOut
from articles.text.word.account import Account
from articles.text.word.drawings import targets_of
from articles.text.word.names import STRICT, Element, q, remove, text_of
from articles.text.word.numbering import read_numbering
from articles.text.word.preparing import (
    CENTRED_STYLE,
    FONT_STYLE,
    OLD_FONTS,
    SIGN_STYLE,
    UNSEEN_STYLE,
    Preparing,
)
from articles.text.word.styles import read_styles
from foundation.packages.opening import UNREADABLE, Fault, Package, PackageRefused

# Imported on first use, because the library slows the start.
mammoth = SimpleLazyObject(partial(import_module, "mammoth"))

BODY = "word/document.xml"
PARTS = (BODY, "word/footnotes.xml", "word/endnotes.xml")
_STYLES = f"""
p[style-name='Title'] => h2:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p.{CENTRED_STYLE} => p.centred:fresh
r.{SIGN_STYLE} => span.sign
r.{UNSEEN_STYLE} => span.unseen
{"".join(f"r.{FONT_STYLE}{key} => span.font-{key}{chr(10)}" for key in OLD_FONTS)}
strike => s
"""
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
_PAGE_NUMBER = re.compile(r"(?:trang|page|tr)?\W*\d*\W*(?:/|trên|of|trong)?\W*\d*\W*", re.IGNORECASE)
_WAY_BACK = re.compile(r"#(?:foot|end)note-ref-")
_NO_LISTS = b'<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
_IGNORED_PARTS = {"word/numbering.xml": _NO_LISTS}


@dataclass(frozen=True)
class WordText:
    """The text of a file as a tree (classes caption and centred; `img` with the number of a picture as
    source), and its account with the pictures.
    """

    root: HtmlElement
    account: Account


def read_text(package: Package) -> WordText:
    """Returns the text of an opened file. Raises PackageRefused when its XML means nothing to a reader of
    Word.
    """
    account = Account()
    prepared = package.repacked(_prepared(package, account))
    number_of = mammoth.images.img_element(lambda image: {"src": image.alt_text})
    try:
        result = mammoth.convert_to_html(prepared, style_map=_STYLES, convert_image=number_of)
    except UNREADABLE as broken:
        raise PackageRefused(Fault.DAMAGED) from broken
    account.notes += _notes_of(result.messages)
    root = parse(result.value or "<p></p>")
    _translate_marks(root)
    _tell_comments(package, account)
    _tell_margins(package, account)
    _tell_lost_pictures(root, account)
    return WordText(root, account)


def _prepared(package: Package, account: Account) -> dict[str, bytes]:
    styles = read_styles(read_part(package, "word/styles.xml"))
    numbering = read_numbering(read_part(package, "word/numbering.xml"), styles)
    preparing = Preparing(package, styles, numbering, account)
    changed = {name: part for name, part in _IGNORED_PARTS.items() if name in package.names}
    for name in PARTS:
        root = read_part(package, name)
        if root is not None:
            preparing.prepare(root, targets_of(package, name))
            changed[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return changed


def read_part(package: Package, name: str) -> Element | None:
    """Returns the root of a part in the usual form of the standard; None when there is no such part."""
    if name not in package.names:
        return None
    text = package.read(name)
    if b"purl.oclc.org" in text:
        for strict, usual in STRICT:
            text = text.replace(strict, usual)
        return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    return package.tree(name)


def _notes_of(messages: list[Any]) -> list[str]:
    """What mammoth says it left out and we did not say already: signs of fonts it does not know."""
    signs = [message for message in messages if "unsupported character was ignored" in message.message]
    if not signs:
        return []
    return [f"Có {len(signs)} ký hiệu của phông riêng (Symbol, Wingdings …) không chuyển được, hãy gõ lại."]


def _tell_comments(package: Package, account: Account) -> None:
    comments = read_part(package, "word/comments.xml")
    for comment in comments.iter(q("w:comment")) if comments is not None else ():
        if said := " ".join(text_of(comment).split()):
            account.removed.append(LeftOut(said, REMARK))


def _tell_margins(package: Package, account: Account) -> None:
    """Words above and below every page, each once; a number of pages says nothing."""
    told: dict[str, None] = {}
    for name in sorted(filter(_MARGIN.fullmatch, package.names)):
        margin = read_part(package, name)
        if margin is None:
            continue
        for copy in list(margin.iter(q("mc:Fallback"))):
            remove(copy)  # the same words once more, for an older Word
        lines = [text_of(line) for line in margin.iter(q("w:p")) if line.find(f".//{q('w:p')}") is None]
        painted = [path.get("string") or "" for path in margin.iter(q("v:textpath"))]
        told |= dict.fromkeys(" ".join(line.split()) for line in (*lines, *painted))
    account.removed += [LeftOut(said, MARGIN) for said in told if not _PAGE_NUMBER.fullmatch(said)]


def _tell_lost_pictures(root: HtmlElement, account: Account) -> None:
    arrived = {image.get("src") for image in root.iter("img")}
    for place, picture in enumerate(account.pictures):
        if str(place) not in arrived:
            after = f" (sau chữ “…{picture.after}”)" if picture.after else ""
            account.notes.append(f"Một ảnh trong tệp không chuyển được{after}, hãy chèn từ máy.")


def _translate_marks(root: HtmlElement) -> None:
    """Our marks become what the door of pasted text knows from Word: unseen words, signs of lists."""
    for link in list(root.iter("a")):
        if _WAY_BACK.match(link.get("href") or ""):
            link.drop_tree()  # the arrow that leads from a note back to its place
    for mark in list(root.iter("span")):
        kind = mark.get("class")
        if font := OLD_FONTS.get((kind or "").removeprefix("font-")):
            mark.set("style", f"font-family:{font}")
        elif kind == "unseen":
            mark.set("style", "display:none")
        elif kind == "sign":
            level, _, sign = (mark.text_content() or "").partition("|")
            mark.text, mark.attrib["style"] = sign, "mso-list:Ignore"
            for child in list(mark):
                mark.remove(child)
            block = next(mark.iterancestors("p", "h1", "h2", "h3", "h4", "h5", "h6"), None)
            if block is not None:
                block.set("style", f"mso-list:l0 level{level} lfo1")

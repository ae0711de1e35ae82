"""What stands in a WordPress export file: read from beginning to end, never whole in memory.

The file comes from another machine and is trusted with nothing: no document type, no entities, no
network, a bound on every single text.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.utils import timezone
from lxml import etree

_WP, _DC = "wp", "dc"
_SPACES = (
    ("http://wordpress.org/export/", _WP),
    ("http://purl.org/dc/elements/", _DC),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
)
# Bytes that no XML may hold and WordPress writes all the same; in UTF-8 they are never part of a letter.
_ILLEGAL = bytes(code for code in range(32) if code not in (9, 10, 13))
_ROOT = re.compile(rb"<[A-Za-z]")
_LONGEST_PROLOG = 64 * 1024
_META = {"_thumbnail_id", "_wp_attachment_image_alt", "_wp_old_slug"}


class NotReadable(Exception):
    """The file is no export that can be read; the message says what is wrong and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Site:
    """Where the posts come from."""

    url: str


@dataclass(frozen=True)
class Author:
    login: str
    name: str


@dataclass(frozen=True)
class Term:
    """A category or tag: `slug` is its word in addresses, `parent` another category's slug."""

    domain: str
    slug: str
    name: str
    parent: str = ""


@dataclass
class Item:
    """A post, page, attachment or whatever else the site keeps."""

    number: int
    type: str
    status: str
    title: str
    link: str
    slug: str
    author: str
    content: str
    excerpt: str
    published_at: datetime.datetime | None
    updated_at: datetime.datetime | None
    has_password: bool
    file_url: str
    comments: int
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)


def read(path: Path) -> Iterator[Site | Author | Term | Item]:
    """Everything of the file in its order. Raises NotReadable, at the place where reading fails."""
    with path.open("rb") as file:
        try:
            yield from _walk(_Plain(file))
        except etree.XMLSyntaxError as broken:
            line = broken.lineno or 0
            raise NotReadable(
                f"Tệp hỏng ở dòng {line} nên không đọc được ({broken.msg}). Hãy xuất lại từ WordPress: "
                "Công cụ → Xuất ra."
            ) from broken


class _Plain:
    """The file's bytes as the parser gets them: in UTF-8, without illegal bytes, without a document type."""

    def __init__(self, file: BinaryIO):
        self._file, self._waiting = file, self._prolog(file)

    def read(self, size: int = -1) -> bytes:
        if self._waiting:
            waiting, self._waiting = self._waiting, b""
            return waiting
        return self._file.read(size).translate(None, _ILLEGAL)

    def _prolog(self, file: BinaryIO) -> bytes:
        begun = file.read(_LONGEST_PROLOG)
        if begun.startswith((b"\xff\xfe", b"\xfe\xff", b"PK", b"\x1f\x8b")):
            raise NotReadable(
                "Đây không phải tệp XML của WordPress (UTF-8). Nếu là tệp nén, hãy giải nén trước."
            )
        begun = begun.translate(None, _ILLEGAL)
        bare = _without_comments(begun)
        root = _ROOT.search(bare)
        head = bare[: root.start()] if root else bare
        if b"<!" in head:
            raise NotReadable("Tệp có phần khai báo DOCTYPE hoặc ENTITY, có thể gây hại, nên không mở.")
        if root is None:
            raise NotReadable("Đây không phải tệp xuất của WordPress (WXR).")
        return begun


def _without_comments(text: bytes) -> bytes:
    before, *rest = text.split(b"<!--")
    return before + b"".join(part.partition(b"-->")[2] for part in rest)


def _walk(source: _Plain) -> Iterator[Site | Author | Term | Item]:
    safe = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
    events = etree.iterparse(
        source,
        events=("start", "end"),
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        **safe,
    )
    root = None
    for event, element in events:
        if root is None:
            root = element
            _check_root(root)
        elif event == "end" and element.getparent() is not None and element.getparent().getparent() is root:
            if found := _found(element):
                yield found
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _check_root(root: Any) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotReadable("Tệp có phần khai báo DOCTYPE hoặc ENTITY, có thể gây hại, nên không mở.")
    if root.tag != "rss" or not any(uri.startswith(_SPACES[0][0]) for uri in root.nsmap.values()):
        raise NotReadable("Đây không phải tệp xuất của WordPress (WXR).")


def _found(element: Any) -> Site | Author | Term | Item | None:
    name = _name(element.tag)
    if name == "wp:base_blog_url":
        return Site(_text(element))
    if name == "item":
        return _item(element)
    said = {_name(child.tag): _text(child) for child in element}
    if name == "wp:author":
        login = said.get("wp:author_login", "")
        return Author(login, said.get("wp:author_display_name", "") or login)
    if name == "wp:category":
        parent = said.get("wp:category_parent", "")
        return Term("category", said.get("wp:category_nicename", ""), said.get("wp:cat_name", ""), parent)
    if name == "wp:tag":
        return Term("post_tag", said.get("wp:tag_slug", ""), said.get("wp:tag_name", ""))
    return None


def _item(element: Any) -> Item:
    said: dict[str, str] = {}
    terms, meta, comments = [], {}, 0
    for child in element:
        name = _name(child.tag)
        if name == "category":
            terms.append(Term(child.get("domain", ""), child.get("nicename", ""), _text(child)))
        elif name == "wp:postmeta":
            pair = {_name(part.tag): _text(part) for part in child}
            if pair.get("wp:meta_key") in _META:
                meta.setdefault(pair["wp:meta_key"], []).append(pair.get("wp:meta_value", ""))
        elif name == "wp:comment":
            comments += 1
        else:
            # content:encoded and excerpt:encoded share a name; the second's space names itself.
            said[name] = child.text or ""
    published = _moment(said, "post_date") or _rfc_moment(said.get("pubDate", ""))
    return Item(
        number=_number(said.get("wp:post_id", "")),
        type=said.get("wp:post_type", "post").strip(),
        status=said.get("wp:status", "publish").strip(),
        title=said.get("title", "").strip(),
        link=said.get("link", "").strip(),
        slug=said.get("wp:post_name", "").strip(),
        author=said.get("dc:creator", "").strip(),
        content=said.get("content:encoded", ""),
        excerpt=said.get("excerpt:encoded", ""),
        published_at=published,
        updated_at=_moment(said, "post_modified"),
        has_password=bool(said.get("wp:post_password", "").strip()),
        file_url=said.get("wp:attachment_url", "").strip(),
        comments=comments,
        terms=terms,
        meta=meta,
    )


def _name(tag: str) -> str:
    """“wp:post_id” for any version of the export."""
    space, _, local = tag.rpartition("}")
    if not space:
        return local
    uri = space[1:]
    if "/excerpt/" in uri:
        return f"excerpt:{local}"
    return next((f"{prefix}:{local}" for start, prefix in _SPACES if uri.startswith(start)), f"?:{local}")


def _text(element: Any) -> str:
    return (element.text or "").strip()


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _moment(said: dict[str, str], name: str) -> datetime.datetime | None:
    """The moment in UTC if the site knew it, else as the clocks here showed it; drafts have none."""
    for key, zone in ((f"wp:{name}_gmt", datetime.UTC), (f"wp:{name}", timezone.get_default_timezone())):
        try:
            found = datetime.datetime.strptime(said.get(key, "").strip(), "%Y-%m-%d %H:%M:%S")
        except ValueError:
            continue
        if found.year >= 1990:
            return found.replace(tzinfo=zone)
    return None


def _rfc_moment(text: str) -> datetime.datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo and found.year >= 1990 else None

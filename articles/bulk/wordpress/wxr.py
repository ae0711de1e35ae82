"""Reads a WordPress export file from beginning to end, never whole in memory.

The file is not trusted: no document type, no entities, no network, a limit on every text.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from lxml import etree

from articles.bulk.old_site.posts import NotReadable, Term
from articles.bulk.wordpress.opening import Mended, open_export
from foundation.language.vietnamese import slug

# Exporters write these addresses with http and https, with and without www and the last slash.
_SPACE = re.compile(
    r"https?://(?:www\.)?(?:(?P<excerpt>wordpress\.org/(?:export/[^/]*/)?excerpt)|(?P<wp>wordpress\.org/export)"
    r"|(?P<dc>purl\.org/dc/elements)|(?P<content>purl\.org/rss/1\.0/modules/content))(?:/|$)",
    re.IGNORECASE,
)
# Elements that name the site, the most reliable first; old files do not have all.
SITE_WORDS = ("wp:base_blog_url", "wp:base_site_url", "link")
_META = {"_thumbnail_id", "_wp_attachment_image_alt", "_wp_old_slug"}


@dataclass(frozen=True)
class Site:
    """The address of the old site, and the element that contains it."""

    url: str
    said_by: str = "wp:base_blog_url"


@dataclass(frozen=True)
class Author:
    """An account of the old site and its display name."""

    login: str
    name: str


@dataclass
class ExportItem:
    """A post, page, attachment or other item of the site."""

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
    parent: int = 0
    co_authors: list[str] = field(default_factory=list)  # address words of Co-Authors Plus
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)

    @property
    def featured(self) -> int:
        """The number of the picture that opens the post; 0 without one."""
        return _number((self.meta.get("_thumbnail_id") or [""])[0])


type Thing = Site | Author | Term | ExportItem


def read_export(path: Path, note: Callable[[str], None] = lambda words: None) -> Iterator[Thing]:
    """Yields everything in the file, in order. Raises NotReadable where reading fails.

    `note` is called with a message about what was repaired.
    """
    with open_export(path) as source:
        try:
            yield from _walk(source)
        except etree.XMLSyntaxError as broken:
            line = broken.lineno or 0
            raise NotReadable(
                f"Tệp hỏng ở dòng {line} nên không đọc được ({broken.msg}). Hãy xuất lại từ WordPress: "
                "Công cụ → Xuất ra."
            ) from broken
        if source.foreign:
            note(f"{source.foreign} byte không phải UTF-8, đã đọc theo bảng mã Windows-1252")


def _walk(source: Mended) -> Iterator[Thing]:
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
    root, is_export = None, False
    for event, element in events:
        if root is None:
            root = element
            _check_root(root)
        if not is_export:
            is_export = _is_of_wordpress(element)
            if not is_export and element.tag == "item":
                break
        if event == "end" and element.getparent() is not None and element.getparent().getparent() is root:
            if found := _found(element):
                yield found
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif event == "end" and element is root:
            break  # what a plugin printed after the file does not concern it
    if not is_export:
        raise NotReadable("Đây không phải tệp xuất của WordPress (WXR).")


def _check_root(root: Any) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotReadable("Tệp có phần khai báo DOCTYPE hoặc ENTITY, có thể gây hại, nên không mở.")
    if etree.QName(root).localname.lower() != "rss":
        raise NotReadable("Đây không phải tệp xuất của WordPress (WXR).")


def _is_of_wordpress(element: Any) -> bool:
    """Whether the namespace of an export is declared here: on the root, or on the elements that use it."""
    return any(_prefix(uri) == "wp" for uri in element.nsmap.values())


def _found(element: Any) -> Thing | None:
    name = _name(element.tag)
    if name in SITE_WORDS:
        return Site(_text(element), name)
    if name == "item":
        return _item(element)
    said = {_name(child.tag): _text(child) for child in element}
    if name == "wp:author":
        login = said.get("wp:author_login", "")
        return Author(login, _display_name(said, login))
    if name == "wp:category":
        parent = said.get("wp:category_parent", "")
        return Term.of("category", said.get("wp:category_nicename", ""), said.get("wp:cat_name", ""), parent)
    if name == "wp:tag":
        return Term.of("post_tag", said.get("wp:tag_slug", ""), said.get("wp:tag_name", ""))
    return None


def _display_name(said: dict[str, str], login: str) -> str:
    """Returns the name that the site showed; WordPress fills in the login where nobody chose a name."""
    shown = said.get("wp:author_display_name", "")
    parts = (said.get("wp:author_last_name", ""), said.get("wp:author_first_name", ""))
    return shown if shown and shown != login else " ".join(filter(None, parts)) or shown


def _item(element: Any) -> ExportItem:
    said: dict[str, str] = {}
    terms, meta, comments = [], {}, 0
    for child in element:
        name = _name(child.tag)
        if name == "category":
            terms.append(Term.of(child.get("domain", ""), child.get("nicename", ""), _text(child)))
        elif name == "wp:postmeta":
            pair = {_name(part.tag): _text(part) for part in child}
            if pair.get("wp:meta_key") in _META:
                meta.setdefault(pair["wp:meta_key"], []).append(pair.get("wp:meta_value", ""))
        elif name == "wp:comment":
            comments += 1
        else:
            # content:encoded and excerpt:encoded have the same name in different namespaces.
            said[name] = child.text or ""
    published = _moment(said, "post_date") or _rfc_moment(said.get("pubDate", ""))
    return ExportItem(
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
        parent=_number(said.get("wp:post_parent", "")),
        co_authors=[term.slug for term in terms if term.domain == "author" and term.slug],
        terms=_sorted_out([term for term in terms if term.domain != "author"]),
        meta=meta,
    )


def _sorted_out(terms: list[Term]) -> list[Term]:
    """Exports before WordPress 3.1 write “tag” for a tag and repeat every category without a domain."""
    told = [replace(term, domain="post_tag") if term.domain == "tag" else term for term in terms]
    named = [term for term in told if term.domain]
    return named or [replace(term, domain="category", slug=slug(term.name)) for term in told if term.name]


def _name(tag: str) -> str:
    """Returns “wp:post_id” for any version of the export."""
    space, _, local = tag.rpartition("}")
    return f"{_prefix(space[1:])}:{local}" if space else local


@lru_cache(maxsize=64)  # a file could declare millions
def _prefix(uri: str) -> str:
    """Returns our prefix of a namespace: wp, excerpt, dc, content; "?" for any other."""
    found = _SPACE.match(uri)
    return (found.lastgroup or "?") if found else "?"


def _text(element: Any) -> str:
    return (element.text or "").strip()


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _moment(said: dict[str, str], name: str) -> datetime.datetime | None:
    """Returns the time in UTC if the site stored it, else in local time; drafts have none."""
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

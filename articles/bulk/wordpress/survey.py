"""First reading of an export: is it complete, and what is needed before the first story is written?"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from articles.bulk.old_site.pictures import Attachment
from articles.bulk.old_site.posts import NotReadable, Term
from articles.bulk.old_site.report import ImportReport
from articles.bulk.wordpress.attachments import attachment_of, count_pictures, pictures_shown
from articles.bulk.wordpress.wxr import SITE_WORDS, Author, ExportItem, Site, read_export

# Technical kinds, which the report does not mention.
_SILENT = {
    "revision",
    "nav_menu_item",
    "customize_changeset",
    "oembed_cache",
    "user_request",
    "wp_global_styles",
}


@dataclass
class Survey:
    """What the first reading found. `host` is the site's name in `ImportedStory.origin`."""

    host: str = ""
    names: dict[str, str] = field(default_factory=dict)  # of authors, by login or address word
    categories: dict[str, Term] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    galleries: dict[int, list[int]] = field(default_factory=dict)  # post's id → ids of its own pictures
    blocks: dict[int, str] = field(default_factory=dict)  # reusable ones
    posts: int = 0
    pictures: int = 0  # different ones in the posts, roughly

    def name_of(self, account: str) -> str:
        """Returns the name that the old site showed for an account; "" when it is not in the file."""
        return self.names.get(account) or self.names.get(account.removeprefix("cap-"), "")


def survey(path: Path, report: ImportReport) -> Survey:
    """Read the whole file once and report what is not a post. Raises NotReadable."""
    found, others, sites, comments = Survey(), Counter(), {}, 0
    shown: set[int | str] = set()
    for thing in read_export(path, lambda words: report.leave("Chữ sai bảng mã, hãy xem lại các bài", words)):
        match thing:
            case Site(url=url, said_by=word) if url:
                sites.setdefault(word, url)
            case Author(login=login, name=name):
                found.names[login] = name
            case Term(domain="category", slug=slug):
                found.categories[slug] = thing
            case ExportItem(type="post", link=link):
                found.posts += 1
                comments += thing.comments
                shown.update(pictures_shown(thing))
                sites.setdefault("", link)
            case ExportItem(type="page"):
                report.leave("Trang tĩnh không nhập (hãy chép tay nếu cần)", f"{thing.title} – {thing.link}")
            case ExportItem(type=kind) if not _kept(thing, found):
                others[kind] += 1
    found.host = next(filter(None, (_host(sites.get(word, ""), word) for word in (*SITE_WORDS, ""))), "")
    if not found.host:
        raise NotReadable("Trong tệp không có địa chỉ của trang cũ (wp:base_blog_url), nên không nhập được.")
    found.pictures = count_pictures(shown, found.attachments)
    for kind, count in others.items():
        if kind not in _SILENT:
            report.leave("Loại nội dung không nhập", f"{count} mục “{kind}”")
    if comments:
        report.leave("Bình luận không nhập", f"{comments} bình luận")
    return found


def _kept(item: ExportItem, found: Survey) -> bool:
    """Stores the item if posts need it. Returns whether they do."""
    if item.type == "attachment" and item.file_url:
        found.attachments[item.number] = attachment_of(item)
        found.galleries.setdefault(item.parent, []).append(item.number)
    elif item.type == "guest-author":  # Co-Authors Plus: an author without an account
        found.names.setdefault(item.slug.removeprefix("cap-"), item.title)
    elif item.type == "wp_block":
        if item.status == "publish" and not item.has_password:  # WordPress shows readers no other
            found.blocks[item.number] = item.content
    else:
        return False
    return True


def _host(url: str, word: str) -> str:
    """Returns “cu.example/blog”, the site's name; only the host when the address is a post's link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.netloc + (parts.path if word else "")).rstrip("/").lower()[:150] if parts.netloc else ""

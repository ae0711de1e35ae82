"""The first reading of an export: is it whole, and what must be known before the first story is written?"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from articles.wordpress.pictures import Attachment
from articles.wordpress.report import Report
from articles.wordpress.wxr import Author, Item, NotReadable, Site, Term, read

# Kinds that are nobody's words: told of as a number only.
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
    host: str = ""
    names: dict[str, str] = field(default_factory=dict)  # of authors, by login
    categories: dict[str, Term] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    posts: int = 0


def survey(path: Path, report: Report) -> Survey:
    """Read the whole file once; what is no post is told of in the report. Raises NotReadable."""
    found, others, comments = Survey(), Counter(), 0
    for thing in read(path):
        match thing:
            case Site(url=url):
                found.host = found.host or (urlsplit(url).netloc + urlsplit(url).path).rstrip("/").lower()
            case Author(login=login, name=name):
                found.names[login] = name
            case Term(domain="category", slug=slug):
                found.categories[slug] = thing
            case Item(type="post"):
                found.posts += 1
                comments += thing.comments
            case Item(type="attachment", number=number) if thing.file_url:
                found.attachments[number] = Attachment.of(thing)
            case Item(type="page"):
                report.leave("Trang tĩnh không nhập (hãy chép tay nếu cần)", f"{thing.title} – {thing.link}")
            case Item(type=kind):
                others[kind] += 1
    if not found.host:
        raise NotReadable("Trong tệp không có địa chỉ của trang cũ (wp:base_blog_url), nên không nhập được.")
    for kind, count in others.items():
        report.leave("Loại nội dung không nhập", f"{count} mục “{kind}”")
    if comments:
        report.leave("Bình luận không nhập", f"{comments} bình luận")
    return found

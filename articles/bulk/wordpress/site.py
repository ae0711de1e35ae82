"""The posts of an export in the shape that every import shares."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from articles.bulk.old_site.posts import OldPost, OldSite, Term
from articles.bulk.wordpress.markup import open_markup
from articles.bulk.wordpress.pointers import followed, with_whole_links
from articles.bulk.wordpress.survey import Survey
from articles.bulk.wordpress.wxr import ExportItem, read_export
from articles.public.old_addresses import key

_NOT_CARRIED = {"trash": "đã bỏ vào thùng rác", "auto-draft": "bản nháp tự sinh", "inherit": "bản lưu"}
_DRAFT_BECAUSE = {
    "draft": "trang cũ chưa đăng",
    "pending": "trang cũ chưa duyệt",
    "private": "trang cũ để riêng tư",
    "future": "trang cũ hẹn giờ, chưa đăng",
}


def site_of(path: Path, survey: Survey) -> OldSite:
    """Returns the site of an export that was surveyed."""
    return OldSite(survey.host, survey.posts, survey.pictures, lambda: _posts(path, survey), open_markup)


def _posts(path: Path, survey: Survey) -> Iterator[OldPost]:
    for item in read_export(path):
        if isinstance(item, ExportItem) and item.type == "post":
            yield _post(item, survey)


def _post(item: ExportItem, survey: Survey) -> OldPost:
    pictures = survey.galleries.get(item.number, ())
    content, lost = followed(with_whole_links(item.content, item.link), survey.blocks, pictures)
    post = OldPost(
        name=str(item.number or ""),
        said=f"bài số {item.number}",
        title=item.title,
        link=item.link,
        content=content,
        excerpt=item.excerpt,
        published_at=item.published_at,
        updated_at=item.updated_at,
        why_draft=_why_draft(item),
        thrown_away=_NOT_CARRIED.get(item.status, ""),
        picture=(item.featured, ""),
        terms=[replace(term, addresses=tuple(_paths(term, survey))) for term in item.terms],
        addresses=_addresses(item),
    )
    gone = "Khối dùng lại không có trong tệp hoặc chưa công khai"
    post.remarks += [(gone, f"số {number} – {post.where}") for number in lost]
    for account in filter(None, item.co_authors or [item.author]):
        if name := survey.name_of(account).strip():
            post.bylines.append(name)
        else:
            unnamed = "Không rõ tên người viết, bài không ghi tên"
            post.remarks.append((unnamed, f"tài khoản “{account}” – {post.where}"))
    return post


def _why_draft(item: ExportItem) -> str:
    if item.has_password:
        return "trang cũ có mật khẩu"
    if item.status == "publish":
        return ""
    return _DRAFT_BECAUSE.get(item.status, f"trạng thái “{item.status}”")


def _paths(term: Term, survey: Survey) -> list[str]:
    """Returns “category/tin-tuc” and the path through its parents; WordPress uses both."""
    if term.domain != "category":
        return [f"tag/{term.slug}"] if term.domain == "post_tag" else []
    way, seen = [term.slug], {term.slug}
    known = survey.categories.get(term.slug)
    while known and known.parent and known.parent not in seen:
        way.insert(0, known.parent)
        seen.add(known.parent)
        known = survey.categories.get(known.parent)
    return [f"category/{term.slug}", f"category/{'/'.join(way)}"]


def _addresses(item: ExportItem) -> list[str]:
    """Returns the keys of the post's old addresses: its link, its number, its former slugs."""
    found = [item.link, f"/?p={item.number}"]
    link, name = key(item.link), key(item.slug)
    if name and name in link:
        before, _, after = link.rpartition(name)
        found += [f"/{before}{old}{after}" for old in item.meta.get("_wp_old_slug", ()) if old]
    return [path for path in dict.fromkeys(map(key, found)) if path]

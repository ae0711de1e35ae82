"""The stories of a NukeViet news module in the shape that every import shares."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape
from urllib.parse import urlsplit

from django.utils import timezone

from articles.bulk.nukeviet.staging import Fields, Module, Staged, as_number
from articles.bulk.old_site.posts import NotReadable, OldPost, OldSite, Term
from articles.bulk.old_site.webpage import open_webpage
from articles.public.nukeviet_addresses import list_names, story_names

_STATUS = {
    0: "trang cũ đã ngưng đăng",
    2: "trang cũ hẹn giờ, chưa đăng",
    3: "trang cũ đã hết hạn đăng",
    4: "trang cũ chưa đăng",
    5: "trang cũ chưa duyệt",
    6: "trang cũ từ chối duyệt",
    7: "trang cũ chưa duyệt",
    8: "trang cũ chưa duyệt",
    9: "trang cũ từ chối đăng",
    10: "trang cũ chưa duyệt",
}
_PUBLIC, _LOCKED = 1, 20  # above: as before, but its category is locked
_EVERYBODY = {"5", "6"}  # groups of NukeViet: guests, all
_FILES = re.compile(
    r"""(?<=\s)((?:src|href)\s*=\s*["'])(/[^"'<>/][^"'<>]{0,1000}|uploads/[^"'<>]{1,1000})""", re.I
)


@dataclass(frozen=True)
class _Reader:
    staged: Staged
    module: Module
    base: str  # “https://cu.example/portal”
    is_first: bool  # of this name and language: addresses without language are its

    def posts(self) -> Iterator[OldPost]:
        for row in self.staged.stories(self.module):
            yield self._post(row)

    @cached_property
    def _categories(self) -> dict[int, Fields]:
        return self.staged.all_of(self.module, "cat")

    @cached_property
    def _tags(self) -> dict[int, Fields]:
        return self.staged.all_of(self.module, "tags")

    @cached_property
    def _topics(self) -> dict[int, Fields]:
        return self.staged.all_of(self.module, "topics")

    @cached_property
    def _sources(self) -> dict[int, Fields]:
        return self.staged.all_of(self.module, "sources")

    def _post(self, row: Fields) -> OldPost:
        number, alias = as_number(row["id"]), row.get("alias") or "bai"
        details = self.staged.of(self.module, "detail", number)
        detail = {name: value for one in details for name, value in one.items() if value}
        body = detail.get("bodyhtml") or detail.get("bodytext") or ""
        category = self._categories.get(as_number(row.get("catid")), {})
        folder = category.get("alias") or "tin"
        post = OldPost(
            name=f"{self.module}/{number}" if number else "",
            said=f"bài số {number} ({self.module})",
            title=row.get("title") or "",
            link=f"{self.base}/{self.module}/{folder}/{alias}-{number}.html",
            content=self._whole(body) + self._after(detail, as_number(row.get("sourceid"))),
            excerpt=row.get("hometext") or "",
            published_at=moment(row.get("publtime") or row.get("addtime")),
            updated_at=moment(row.get("edittime")),
            why_draft=self._why_draft(row, detail),
            picture=(0, self._picture(row)),
            picture_words=unescape(row.get("homeimgalt") or ""),
            bylines=self._authors(row, number),
            terms=[*self._shelves(row), *self._topic(row), *self._words(number)],
            addresses=story_names(
                self.module.name, number, alias, self.module.language, is_first=self.is_first
            ),
        )
        if not details:
            post.remarks.append(("Không có thân bài trong tệp, chỉ có sapo", post.where))
        return post

    def _why_draft(self, row: Fields, detail: Fields) -> str:
        status, expires = as_number(row.get("status")), moment(row.get("exptime"))
        if status > _LOCKED:
            return "chuyên mục ở trang cũ bị khóa"
        if status != _PUBLIC:
            return _STATUS.get(status, f"trạng thái “{status}”")
        if expires and expires <= timezone.now():
            return "trang cũ đã hết hạn đăng"
        if as_number(row.get("external_link")):
            return f"trang cũ dẫn thẳng sang {detail.get('sourcetext') or 'trang khác'}"
        return self._why_closed(as_number(row.get("catid")))

    def _why_closed(self, number: int) -> str:
        """Why not everybody could read the category, "" when they could."""
        for category in self._way(number):
            if category.get("status", "1") == "0":
                return "chuyên mục ở trang cũ đã đóng"
            groups = category.get("groups_view")
            if groups and not _EVERYBODY & {one.strip() for one in groups.split(",")}:
                return "chuyên mục ở trang cũ chỉ cho thành viên"
        return ""

    def _way(self, number: int) -> Iterator[Fields]:
        """Yields a category and those above it."""
        seen: set[int] = set()
        while number and number not in seen and number in self._categories:
            seen.add(number)
            yield self._categories[number]
            number = as_number(self._categories[number].get("parentid"))

    def _shelves(self, row: Fields) -> Iterator[Term]:
        listed = [as_number(one) for one in (row.get("listcatid") or "").split(",")]
        for number in dict.fromkeys([as_number(row.get("catid")), *listed]):
            if category := self._categories.get(number):
                yield self._term("category", category.get("alias"), category.get("title"))

    def _topic(self, row: Fields) -> Iterator[Term]:
        if topic := self._topics.get(as_number(row.get("topicid"))):
            yield self._term("post_tag", topic.get("alias"), topic.get("title"), "topic/")

    def _words(self, number: int) -> Iterator[Term]:
        for one in self.staged.of(self.module, "tags_id", number):
            tag = self._tags.get(as_number(one.get("tid")), {})
            name = one.get("keyword") or tag.get("title") or tag.get("keywords")
            yield self._term("post_tag", tag.get("alias"), name, "tag/")

    def _term(self, domain: str, alias: str | None, name: str | None, folder: str = "") -> Term:
        alias = alias or ""
        names = list_names(self.module.name, folder + alias, self.module.language, is_first=self.is_first)
        return Term(domain, alias, unescape(name or alias)[:200], addresses=tuple(names) if alias else ())

    def _authors(self, row: Fields, number: int) -> list[str]:
        known = (one.get("pseudonym") or "" for one in self.staged.of(self.module, "authorlist", number))
        return [unescape(name) for name in dict.fromkeys([*known, row.get("author") or ""]) if name.strip()]

    def _picture(self, row: Fields) -> str:
        file = (row.get("homeimgfile") or "").strip()
        if not file or file.startswith(("http://", "https://", "//")):
            return file
        return f"{self.base}/uploads/{self.module.name}/{file}"

    def _whole(self, body: str) -> str:
        """Returns the body with its pictures and files named by the whole address."""
        host = "{0.scheme}://{0.netloc}".format(urlsplit(self.base))

        def whole(found: re.Match[str]) -> str:
            path = found[2] if found[2].startswith("/") else f"/{found[2]}"
            is_a_file = "/uploads/" in path or found[1].lower().startswith("src")
            return f"{found[1]}{host}{path}" if is_a_file else found[0]

        return _FILES.sub(whole, body)

    def _after(self, detail: Fields, source: int) -> str:
        """What the old site showed below the text: its source and the files to it."""
        said = []
        told = (detail.get("sourcetext") or "").strip()
        name = self._sources.get(source, {}).get("title") or told
        if name:
            words = escape(unescape(name))
            is_address = told.startswith(("http://", "https://"))
            said.append(f"<p>Nguồn: {f'<a href="{escape(told)}">{words}</a>' if is_address else words}</p>")
        for file in filter(None, (one.strip() for one in (detail.get("files") or "").split(","))):
            is_whole = file.startswith(("http://", "https://"))
            address = file if is_whole else f"{self.base}/uploads/{self.module.name}/{file.lstrip('/')}"
            shown = escape(file.rpartition("/")[2])
            said.append(f'<p><a href="{escape(address)}">Tệp đính kèm: {shown}</a></p>')
        return "\n".join(said)


def site_of(staged: Staged, address: str, modules: Iterable[Module]) -> OldSite:
    """Returns the site of a dump that was read; `address` is that of the old site. Raises NotReadable."""
    address = (address or staged.domain).strip().rstrip("/")
    base = address if "//" in address else f"https://{address}"
    parts = urlsplit(base)
    host = (parts.netloc + parts.path).lower()
    if not parts.hostname or len(host) > 150:
        raise NotReadable("Tệp không nói địa chỉ của trang cũ: hãy thêm --site https://trang-cu.")
    readers, first = [], set()
    for module in modules:
        readers.append(_Reader(staged, module, base, module.name not in first))
        first.add(module.name)
    posts = sum(staged.count(reader.module) for reader in readers)
    return OldSite(host, posts, 0, lambda: _all_posts(readers), open_webpage)


def _all_posts(readers: Sequence[_Reader]) -> Iterator[OldPost]:
    for reader in readers:
        yield from reader.posts()


def moment(seconds: str | None) -> datetime.datetime | None:
    """Returns the time of Unix seconds; None for 0 and what no calendar has."""
    number = as_number(seconds)
    return datetime.datetime.fromtimestamp(number, datetime.UTC) if 0 < number < 32_503_680_000 else None

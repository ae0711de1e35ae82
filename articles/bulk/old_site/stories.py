"""Turns one post of the old site into a story, and decides whether it becomes public at once."""

import datetime
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils import timezone
from lxml import html

from articles.approval.freezing import SCHEMA, figures_of
from articles.bulk.old_site.bodies import Markup, ReadBody, read_body, seen_words
from articles.bulk.old_site.pictures import Pictures
from articles.bulk.old_site.posts import OldPost
from articles.bulk.old_site.report import ImportReport
from articles.bulk.old_site.shelves import Shelves
from articles.bulk.old_site.units import UnitsOfTheDay
from articles.enums import ArticleKind, BylineRole
from articles.text.alt_words import written_alt
from articles.text.body import clean_body, plain_text
from articles.text.manuscript.unseen import HIDDEN, REMARK, STRUCK, describe, shorten
from articles.text.pasting import split_source_mark
from foundation.language.plain import clean_line
from foundation.language.vietnamese import slug

TITLE_AT_MOST, LEAD_AT_MOST = 200, 600
_MARKUP = re.compile(r"<[^<>]{1,2000}>")
# Names of technical accounts, not of persons.
_NOBODY = {"admin", "administrator", "root", "wordpress", "quản trị", "quản trị viên"}
_PICTURE = r"(?:<figure [^<>]*><figcaption>[^<]*</figcaption></figure>\n?)"
_PICTURES_FIRST, _PICTURES = re.compile(f"{_PICTURE}*"), re.compile(_PICTURE)
_LEFT_THERE = re.compile(r'href="([^"]{1,1000}/uploads/[^"]{1,1000})"')
_NOT_SEEN = {
    HIDDEN: "Chữ, liên kết bị ẩn ở trang cũ, không đưa sang",
    STRUCK: "Chữ bị gạch ngang ở trang cũ, không đưa sang",
    REMARK: "Lời bình dán nhầm từ Word, không đưa sang",
}


@dataclass(frozen=True)
class ToldStory:
    """One post as a story; `content` has the shape of `freezing.content_of`."""

    item: OldPost
    origin: str
    content: dict[str, Any]
    is_public: bool

    @property
    def updated_at(self) -> datetime.datetime:
        """Not before publication and not in the future. Only for a story with `published_at`."""
        published, updated = self.item.published_at, self.item.updated_at
        return min(max(published, updated or published), timezone.now())


class Teller:
    """Turns posts into stories, and reports what they lose."""

    def __init__(
        self,
        markup: Markup,
        units: UnitsOfTheDay,
        *,
        shelves: Shelves,
        pictures: Pictures,
        report: ImportReport,
        only_drafts: bool,
    ):
        self.markup, self.units, self.shelves = markup, units, shelves
        self.pictures, self.report, self.only_drafts = pictures, report, only_drafts

    def tell_story(self, item: OldPost, origin: str, text: ReadBody | None) -> ToldStory | None:
        """Returns the story of a post; None for posts that the old site had thrown away.

        `text` is the body, if it was read already; with pictures it is read again.
        """
        where = item.where
        for reason, what in item.remarks:
            self.report.leave(reason, what)
        if item.thrown_away:
            self.report.leave(f"Không nhập: {item.thrown_away}", where)
            return None
        if text is None or text.wanted:
            text = read_body(item.content, self.pictures.resolve, self.markup)
        content = self._content(item, text, where)
        why = self._why_not_public(item, content)
        if why:
            self.report.leave("Chỉ vào bản nháp", f"{where} ({why})")
        return ToldStory(item, origin, content, is_public=not why)

    def tell_again(self, item: OldPost) -> dict[str, Any]:
        """Returns the content of a post that is already here, without reporting it again."""
        told, self.report = self.report, ImportReport()
        try:
            text = read_body(item.content, self.pictures.resolve, self.markup)
            return self._content(item, text, item.where)
        finally:
            self.report = told

    def _why_not_public(self, item: OldPost, content: dict[str, Any]) -> str:
        if item.why_draft:
            return item.why_draft
        if item.published_at is None or item.published_at > timezone.now():
            return "không rõ ngày đăng hoặc ngày ở phía trước"
        if not content["title"]:
            return "không có tiêu đề"
        if not content["lead"] and not content["body"]:
            return "không có nội dung"
        return "theo yêu cầu --drafts" if self.only_drafts else ""

    def _content(self, item: OldPost, text: ReadBody, where: str) -> dict[str, Any]:
        title, body = self._title(item, where), self._body(item, text, where)
        lead, body = _lead(item, body)
        mark, lead = split_source_mark(lead)
        section = self.shelves.section_of(item.terms)
        day = timezone.localdate(item.published_at) if item.published_at else None
        return {
            "schema": SCHEMA,
            "kind": ArticleKind.ACTIVITY.value,
            "title": title,
            "slug": slug(title),
            "lead": lead,
            "source_mark": mark[:40],
            "body": body,
            "section": {"id": section.pk, "name": section.name},
            "department": self._unit(day, where),
            "event": None,
            "commendation_decision": None,
            "bylines": bylines(item.bylines),
            "tags": self.shelves.tags_of(item.terms, section),
            "figures": figures_of(body) if "<figure" in body else [],
        }

    def _unit(self, day: datetime.date | None, where: str) -> dict[str, Any]:
        unit, name, is_certain = self.units.on(day)
        if not is_certain:
            self.report.leave(
                "Chưa rõ đơn vị nào viết (nhiều đơn vị trước hoặc sau), để ở đơn vị đã chọn", where
            )
        self.report.units[name] += 1
        return {"id": unit.pk, "name": name}

    def _title(self, item: OldPost, where: str) -> str:
        title = one_line(item.title)
        if len(title) > TITLE_AT_MOST:
            self.report.leave("Tiêu đề dài quá 200 ký tự, đã cắt", where)
            title = title[: TITLE_AT_MOST - 1].rsplit(" ", 1)[0] + "…"
        return title

    def _body(self, item: OldPost, text: ReadBody, where: str) -> str:
        for address in text.missing:
            self.report.leave("Ảnh trong bài không lấy được", f"{address} – {where}")
        for name in sorted(text.shortcodes):
            self.report.leave("Mã ngắn của WordPress đã bỏ, chữ bên trong giữ lại", f"[{name}] – {where}")
        for address in dict.fromkeys(_LEFT_THERE.findall(text.body)):
            self.report.leave("Tệp đính kèm còn ở trang cũ, bài vẫn dẫn tới đó", f"{address} – {where}")
        for piece in text.left_out:
            self.report.leave(_NOT_SEEN[piece.why], f"{describe(piece)} – {where}")
        for formula in text.raised:
            self.report.leave("Chữ nhỏ trên, dưới dòng nay viết thẳng hàng", f"“{formula}” – {where}")
        for words in text.code_words:
            self.report.leave(
                "Chữ trong mã ngắn của WordPress, không đưa sang", f"“{shorten(words)}” – {where}"
            )
        for piece in text.lost:
            self.report.leave("Bài có chữ, ảnh không đưa sang được, hãy xem lại", f"{piece} – {where}")
        for address in text.embeds:
            self.report.leave("Video, khung nhúng thành đường dẫn", f"{address} – {where}")
        return self._with_opening(item, text.body, where)

    def _with_opening(self, item: OldPost, body: str, where: str) -> str:
        """The post's opening picture opens the story, unless the text already shows it."""
        number, address = item.picture
        if not (number or address):
            return body
        said = self.pictures.resolve(number, address)
        if said is None:
            known = self.pictures.attachments.get(number)
            self.report.leave(
                "Ảnh đại diện không lấy được",
                f"{known.url if known else address or f'số {number}'} – {where}",
            )
            return body
        if f'data-photo="{said["data-photo"]}"' in body:
            return body
        figure = html.Element("figure", {name: value for name, value in said.items() if name != "caption"})
        if item.picture_words and not figure.get("data-alt"):
            figure.set("data-alt", written_alt(item.picture_words))
        html.etree.SubElement(figure, "figcaption").text = said["caption"]
        return clean_body(html.tostring(figure, encoding="unicode") + body)


def bylines(names: list[str]) -> list[dict[str, Any]]:
    """Returns the rows of the names that the old site showed; those of technical accounts are no names."""
    row = {"role": BylineRole.TEXT.value, "person": None, "department": None, "department_name": ""}
    said = (
        name for name in (one_line(name)[:150] for name in names) if name and name.casefold() not in _NOBODY
    )
    return [row | {"name": name} for name in dict.fromkeys(said)]


def _lead(item: OldPost, body: str) -> tuple[str, str]:
    """Returns (lead, body): the excerpt, else the first paragraph, which is then removed from the body.

    The result does not depend on pictures, because a later run may add them.
    """
    if excerpt := one_line(seen_words(item.excerpt)):
        return excerpt, body
    pictures = _PICTURES_FIRST.match(body)[0]
    if not body.startswith("<p>", len(pictures)):
        return "", body
    first, _, rest = body[len(pictures) :].partition("</p>")
    words = plain_text(f"{first}</p>")
    if len(words) > LEAD_AT_MOST or "<a" in first or not _PICTURES.sub("", rest).strip():
        return "", body
    return words, pictures + rest.strip()


def one_line(text: str) -> str:
    """Returns the text as one line without markup."""
    return " ".join(clean_line(unescape(_MARKUP.sub(" ", text))).split())

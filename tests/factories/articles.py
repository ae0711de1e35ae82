"""Stories for tests, made through the real doors: drafting, workflow, releasing."""

from itertools import count
from typing import Any

from approvals.engine import take
from articles.approval import commenting
from articles.approval.workflow import ARTICLE, PUBLIC
from articles.enums import Status
from articles.models import Article, Comment, PublishedArticle, Section
from articles.text.anchoring import anchor_in
from articles.writing import drafting
from media.models import Photo
from tests.factories.departments import make_user
from tests.factories.media import make_photo

_number = count(1)
BODY = "<p>Sáng nay, nhà trường tổ chức lễ chào cờ đầu tuần.</p>"


def make_section(name: str = "Tin ngành", **fields: Any) -> Section:
    slug = fields.pop("slug", "") or f"chuyen-muc-{next(_number)}"
    return Section.objects.get_or_create(name=name, defaults={"slug": slug, **fields})[0]


def make_draft(by: Any, **words: Any) -> Article:
    """A complete working copy of its writer's unit, ready to be submitted."""
    words.setdefault("title", f"Chào cờ đầu tuần số {next(_number)}")
    words.setdefault("lead", "Học sinh kể một chuyện người tốt việc tốt dưới cờ.")
    words.setdefault("body", BODY)
    words.setdefault("section", make_section())
    words.setdefault("department", by.person.positions.first().department)
    return drafting.start(by=by, **words)


def figure_of(photo: Photo, caption: str = "Sân trường", *, beside: bool = False) -> str:
    """A photo as a body holds it; `beside`: in one row with the photo before it."""
    row = ' data-beside="1"' if beside else ""
    return (
        f'<figure data-photo="{photo.pk}" data-credit="Trần Lan" data-alt="Sân trường có cờ"{row}>'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def make_illustrated_draft(by: Any, **words: Any) -> Article:
    """A complete working copy with one photo of its unit."""
    photo = make_photo(department=by.person.positions.first().department)
    return make_draft(by, **{"body": figure_of(photo) + BODY} | words)


def submit(article: Article, by: Any) -> Article:
    return take(ARTICLE, article, "submit", actor=by, version=article.version)


def approve(article: Article, by: Any, **data: Any) -> Article:
    data.setdefault("sha256", article.review_revision.sha256)
    return take(ARTICLE, article, "approve", actor=by, version=article.version, data=data)


def send_back(article: Article, by: Any, note: str = "Bổ sung nguồn số liệu.") -> Article:
    data = {"sha256": article.review_revision.sha256}
    return take(ARTICLE, article, "send_back", actor=by, version=article.version, note=note, data=data)


def make_comment(article: Article, by: Any, key: str = "0", words: str = "Nguồn số liệu này?") -> Comment:
    """A comment of somebody who decides about the waiting text, not sent yet; `key` as in a form."""
    revision = article.review_revision
    anchor = anchor_in(revision.content, key)
    return commenting.write_comment(revision, anchor, words, by=by, capacity="Hiệu trưởng")


def take_back(article: Article, by: Any) -> Article:
    return take(ARTICLE, article, "take_back", actor=by, version=article.version)


def resubmit(article: Article, by: Any, **words: Any) -> Article:
    """Change some words of the working copy and send it; of a public story it is a typo unless told."""
    if PublishedArticle.objects.live().filter(pk=article.pk).exists():
        words = {"correction_kind": "typo", "correction_note": f"Sửa lỗi gõ, lần {next(_number)}."} | words
    for name, value in words.items():
        setattr(article, name, value)
    drafting.save(article, by=by, draft_number=article.draft_number)
    return submit(Article.objects.get(pk=article.pk), by)


def withdraw(page: PublishedArticle, by: Any, note: str = "Theo đề nghị của nhà trường.") -> PublishedArticle:
    return take(PUBLIC, page, "withdraw", actor=by, version=page.version, note=note)


def take_down(page: PublishedArticle, by: Any, reason: str = "Ảnh chưa được phép.") -> PublishedArticle:
    return take(PUBLIC, page, "withdraw_urgent", actor=by, version=page.version, note=reason)


def make_article(
    status: str, by: Any, head: Any, approval: dict[str, Any] | None = None, **words: Any
) -> Article:
    """A story in one editorial state, brought there step by step."""
    article = make_draft(by, **words)
    if status == Status.DRAFTING:
        return article
    article = submit(article, by)
    if status == Status.RETURNED:
        return send_back(article, head)
    return approve(article, head, **approval or {}) if status == Status.APPROVED else article


def make_published(by: Any = None, head: Any = None, **words: Any) -> PublishedArticle:
    """A live page, written by a collaborator of some unit and approved by its head."""
    by = by or make_user(role="collaborator")
    department = words.get("department") or by.person.positions.first().department
    if head is None:
        position = department.positions.filter(role="head").select_related("person__user").first()
        head = position.person.user if position else make_user(role="head", department=department)
    article = make_article(Status.APPROVED, by, head, **words)
    return PublishedArticle.objects.get(pk=article.pk)

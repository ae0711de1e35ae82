"""Adds photos and link targets that were missing at the import, only to stories unchanged since then."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from approvals.engine import Attempt, Step, StepRefused, Workflow, take
from articles.approval import schedule
from articles.approval.decisions import is_approved_already
from articles.approval.freezing import FROZEN, content_of, figures_of, freeze
from articles.approval.releasing import execute
from articles.bulk.old_site.doors import PERMISSION, holds_the_unit
from articles.enums import CorrectionKind, Status, Verdict
from articles.models import Article, PublishedArticle, Release, ReviewDecision
from articles.text.body import blocks_in, figures_in
from departments.access import capacity

PHOTOS, LINKS = "import_photos", "import_links"
_NOTICES = {
    PHOTOS: "Thêm ảnh của bài từ trang cũ.",
    LINKS: "Liên kết tới bài cùng trang cũ nay dẫn về địa chỉ mới.",
}


def lacks_pictures(article: Article, content: dict[str, Any]) -> bool:
    """Whether the post, as read now, has photos that the story does not have."""
    return bool(_photos(content["body"]) - _photos(article.body))


def is_as_brought(article: Article, content: dict[str, Any]) -> bool:
    """Whether only photos differ between story and content, and nobody has worked on the story."""
    same_words = (content["title"], content["lead"], _words(content["body"])) == (
        article.title,
        article.lead,
        _words(article.body),
    )
    has_all = _photos(article.body) <= _photos(content["body"])
    return same_words and has_all and is_left_alone(article)


def is_untouched(article: Article) -> bool:
    """Whether nobody has changed the story since its import, when the post's text is not available."""
    is_edited = article.status == Status.DRAFTING and article.working_edits.exists()
    return is_left_alone(article) and not is_edited


def is_left_alone(article: Article) -> bool:
    """Whether nobody works on the story or has decided about it.

    A public story must show the imported text, without `until` and without a waiting release.
    """
    if article.binned_at:
        return False
    if article.status == Status.DRAFTING:
        return article.approved_revision_id is None
    if article.status != Status.APPROVED or article.approved_revision is None:
        return False
    approved = ReviewDecision.objects.filter(revision=article.approved_revision, verdict=Verdict.IMPORTED)
    shown = PublishedArticle.objects.live().filter(pk=article.pk, until=None)
    content, frozen = content_of(article), article.approved_revision.content["department"]
    if content["department"]["id"] == frozen["id"]:
        content["department"] = frozen  # its name of the story's day, not of today
    return (
        is_approved_already(article, content)
        and approved.exists()
        and shown.filter(sha256=article.approved_revision.sha256).exists()
        and not schedule.of_article(article.pk).exists()
    )


def put_into_story(what: str, article: Article, body: str, *, by: Any, note: str) -> None:
    """Write `body` with the added photos or links (`what`: PHOTOS or LINKS) into the story.

    For a public story this is a new revision and decision. Raises StepRefused when the story was saved or
    moved since it was read.
    """
    with transaction.atomic():
        if article.status == Status.DRAFTING:
            _write(article, body, article.draft_number)
        else:
            data = {"body": body, "draft_number": article.draft_number, "notice": _NOTICES[what]}
            take(AGAIN, article, what, actor=by, version=article.version, note=note, data=data)


def _publish_again(attempt: Attempt) -> None:
    """Publishes the approved content with the new body at once, without a notice to readers."""
    article = Article.objects.select_related(*FROZEN).get(pk=attempt.record.pk)
    body = attempt.data["body"]
    _write(article, body, attempt.data["draft_number"])
    content = article.approved_revision.content | {
        "body": body,
        "figures": figures_of(body),
        "correction": {"kind": CorrectionKind.TYPO.value, "notice": attempt.data["notice"]},
    }
    revision = freeze(article, attempt.actor, content, is_writing=False)
    Article.objects.filter(pk=article.pk).update(approved_revision=revision)
    decision = ReviewDecision.objects.create(
        revision=revision,
        sha256=revision.sha256,
        verdict=Verdict.IMPORTED,
        note=attempt.note,
        decided_by=attempt.actor,
        capacity=attempt.capacity,
    )
    execute(Release.objects.create(decision=decision, due_at=timezone.now()))


def _write(article: Article, body: str, draft_number: int) -> None:
    """Writes only if nobody saved the working copy since it was read: fetching photos takes time."""
    read = Article.objects.filter(pk=article.pk, draft_number=draft_number)
    if not read.update(body=body, draft_number=F("draft_number") + 1):
        raise StepRefused("Bài vừa được lưu ở nơi khác.", code="conflict")


def _photos(body: str) -> set[int]:
    return {figure.photo_id for figure in figures_in(body)}


def _words(body: str) -> list[tuple[str, str]]:
    return [(block.tag, block.text) for block in blocks_in(body) if block.tag != "figure"]


def _again(name: str, label: str) -> Step:
    return Step(
        name=name,
        label=label,
        sources=(Status.APPROVED,),
        target=Status.APPROVED,
        permission=PERMISSION,
        guards=(holds_the_unit,),
        effects=(_publish_again,),
    )


AGAIN = Workflow(
    name="imported story brought again",
    capacity=capacity,
    steps=(
        _again(PHOTOS, "Thêm ảnh từ trang cũ"),
        _again(LINKS, "Dẫn liên kết về địa chỉ mới"),
    ),
)

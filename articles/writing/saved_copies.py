"""States of the working copy saved on purpose, and the way back to any earlier state."""

from typing import Any

from django.db import transaction

from articles.approval.freezing import content_of, digest
from articles.models import Article, ArticleByline, Revision, SavedCopy, Section
from articles.writing import drafting
from awards.models import Decision
from departments.models import Department, Person
from events.models import Event


def keep_copy(article: Article, *, by: Any, reason: str = "") -> SavedCopy | None:
    """Save a copy of the stored working copy; returns None when the last copy or revision is equal."""
    content = _stored(article)
    sha256 = digest(content)
    last = SavedCopy.objects.filter(article=article).values_list("sha256", flat=True).first()
    sent = Revision.objects.filter(article=article).values_list("sha256", flat=True).first()
    if sha256 in (last, sent):
        return None
    return SavedCopy.objects.create(
        article=article, content=content, sha256=sha256, saved_by=by, reason=reason
    )


@transaction.atomic
def restore(article: Article, content: dict[str, Any], *, by: Any, draft_number: int) -> Article:
    """Write an earlier content into the working copy, after saving a copy of the present one.

    A section, event, decision, unit or person that no longer exists is left out. Changes no revision. Raises
    DraftConflict when somebody saved after `draft_number`.
    """
    keep_copy(article, by=by, reason="trước khi lấy lại bản cũ")
    for name in ("kind", "title", "slug", "lead", "source_mark", "body"):
        setattr(article, name, content[name])
    article.section = _still_there(Section, content["section"])
    article.event = _still_there(Event, content["event"])
    article.commendation_decision = _still_there(Decision, content["commendation_decision"])
    drafting.save(article, by=by, draft_number=draft_number, tags=content["tags"])
    article.bylines.all().delete()
    for position, row in enumerate(content["bylines"]):
        ArticleByline.objects.create(
            article=article,
            name=row["name"],
            role=row["role"],
            person=Person.objects.filter(pk=row["person"]).first(),
            department=Department.objects.filter(pk=row["department"]).first(),
            position=position,
        )
    restored = _stored(article)
    SavedCopy.objects.create(
        article=article, content=restored, sha256=digest(restored), saved_by=by, reason="lấy lại bản cũ"
    )
    return article


def _stored(article: Article) -> dict[str, Any]:
    return content_of(Article.objects.select_related("section", "department").get(pk=article.pk))


def _still_there(model: type, record: dict[str, Any] | None) -> Any:
    return model.objects.filter(pk=record["id"]).first() if record else None

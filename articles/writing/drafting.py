"""How the working copy is written: the one way in, whoever calls (form, importer, demo)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from approvals.engine import StepRefused
from articles.models import Article, ArticleByline, WorkingEdit
from articles.text.body import clean_body
from foundation.language.vietnamese import nfc, slug


class DraftConflict(StepRefused):
    """Somebody saved the same story meanwhile; nothing was overwritten."""


def start(*, department: Any, by: Any, **words: Any) -> Article:
    """Open a new story of a unit, with its writer's name under it. `words` are fields of the working copy."""
    tags = words.pop("tags", None)
    with transaction.atomic():
        article = start_from(Article(department=department, **words), by=by)
        if tags is not None:
            article.tags.set(tags)
        sign(article, by)
    return article


def start_from(article: Article, *, by: Any) -> Article:
    """Store a story that exists only in memory, as its writer's."""
    with transaction.atomic():
        article.created_by = by
        _tidy(article)
        article.save()
        touched(article, by)
    return article


def sign(article: Article, by: Any) -> None:
    """Put the writer's name under a story that nobody has signed."""
    if article.bylines.exists():
        return
    person, name = _signature(by)
    ArticleByline.objects.create(article=article, person=person, name=name, department=article.department)


def signed(article: Article, by: Any) -> list[ArticleByline]:
    """The rows of a story that name this writer as `sign` does."""
    person, name = _signature(by)
    return list(article.bylines.filter(person=person, name=name))


def _signature(by: Any) -> tuple[Any, str]:
    person = getattr(by, "person", None)
    return person, person.full_name if person else str(by)


def save(article: Article, *, by: Any, draft_number: int, tags: Iterable[str] | None = None) -> Article:
    """Write the changed working copy if nobody saved since `draft_number`; else raise DraftConflict.

    Never touches a frozen revision. Returns the article with its new draft number.
    """
    with transaction.atomic():
        won = Article.objects.filter(pk=article.pk, draft_number=draft_number).update(
            draft_number=F("draft_number") + 1, saved_at=timezone.now()
        )
        if not won:
            raise DraftConflict(conflict_words(article, by), code="conflict")
        _tidy(article)
        article.draft_number = draft_number + 1
        article.save(update_fields=[*WORKING_FIELDS, "search_key", "draft_number", "saved_at"])
        if tags is not None:
            article.tags.set(tags)
        touched(article, by)
    return article


WORKING_FIELDS = (
    "kind",
    "title",
    "slug",
    "lead",
    "source_mark",
    "body",
    "section",
    "department",
    "event",
    "commendation_decision",
    "planned_on",
    "embargo_until",
    "correction_kind",
    "correction_note",
)


def touched(article: Article, by: Any) -> None:
    """Remember whose hand was last on the text: nobody approves their own words."""
    WorkingEdit.objects.update_or_create(article=article, editor=by)


def last_hand(article: Article) -> str:
    """Who saved last, and when: “Trần Quốc Bảo, 10:32 25/11/2026”."""
    edit = _last_edit(article)
    return f"{edit.editor}, {_when(edit)}" if edit else "Người khác, vừa xong"


def is_last_hand(article: Article, user: Any) -> bool:
    """Whether this very person saved last, perhaps in another window."""
    edit = _last_edit(article)
    return edit is not None and edit.editor_id == user.pk


def conflict_words(article: Article, user: Any) -> str:
    """Who saved the story meanwhile, and what `user` can do: fit to be shown."""
    edit = _last_edit(article)
    who = "Người khác" if edit is None else str(edit.editor)
    if edit is not None and edit.editor_id == user.pk:
        who = "Ở một cửa sổ khác, bạn"
    return (
        f"{who} đã lưu bài này lúc {_when(edit) if edit else 'vừa xong'}, sau khi bạn mở trang này. Bài chưa "
        "được ghi đè; chữ bạn gõ vẫn còn nguyên ở đây. Hãy mở bản mới trong cửa sổ khác để đối chiếu, hoặc "
        "tích ô dưới đây để ghi đè."
    )


def _last_edit(article: Article) -> WorkingEdit | None:
    edits = WorkingEdit.objects.filter(article=article).select_related("editor")
    return edits.order_by("-edited_at").first()


def _when(edit: WorkingEdit) -> str:
    return f"{timezone.localtime(edit.edited_at):%H:%M %d/%m/%Y}"


def one_line(words: str) -> str:
    """A title or lead as it is stored: composed letters, single spaces, none at the ends."""
    return " ".join(nfc(words).split())


def _tidy(article: Article) -> None:
    article.title = one_line(article.title)
    article.lead = one_line(article.lead)
    article.body = clean_body(article.body)
    article.slug = slug(article.slug) or slug(article.title)

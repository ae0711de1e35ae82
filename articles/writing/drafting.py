"""Writes the working copy. Every caller uses it: forms, importers, the demo."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from approvals.engine import StepRefused
from articles.models import Article, ArticleByline, WorkingEdit, name_tags
from articles.text.body import clean_body
from foundation.language.plain import clean_line
from foundation.language.vietnamese import slug


class DraftConflict(StepRefused):
    """Somebody else saved the story in the meantime; nothing was overwritten."""


def start(*, department: Any, by: Any, **words: Any) -> Article:
    """Create a story of a unit with its writer's byline. `words` are fields of the working
    copy, and `tags`.
    """
    tags = words.pop("tags", None)
    with transaction.atomic():
        article = start_from(Article(department=department, **words), by=by)
        if tags is not None:
            article.tags.set(name_tags(tags).values())
        sign(article, by)
    return article


def start_from(article: Article, *, by: Any) -> Article:
    """Store a new story with `by` as its creator and editor. Returns it."""
    with transaction.atomic():
        article.created_by = by
        _tidy(article)
        article.save()
        touched(article, by)
    return article


def sign(article: Article, by: Any) -> None:
    """Add the writer's byline when the story has none."""
    if article.bylines.exists():
        return
    person, name = _signature(by)
    ArticleByline.objects.create(article=article, person=person, name=name, department=article.department)


def signed(article: Article, by: Any) -> list[ArticleByline]:
    """Returns the bylines that `sign` would have made for this writer."""
    person, name = _signature(by)
    return list(article.bylines.filter(person=person, name=name))


def name_under(by: Any) -> str:
    """Returns the name under which this writer's stories stand."""
    return _signature(by)[1]


def _signature(by: Any) -> tuple[Any, str]:
    person = getattr(by, "person", None)
    return person, person.full_name if person else str(by)


def save(article: Article, *, by: Any, draft_number: int, tags: Iterable[str] | None = None) -> Article:
    """Write the changed working copy. Raises DraftConflict when somebody saved after `draft_number`.

    Changes no frozen revision. Returns the article with its new draft number.
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
            article.tags.set(name_tags(tags).values())
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
    """Record that this person has edited the text: nobody may approve their own text."""
    WorkingEdit.objects.update_or_create(article=article, editor=by)


def last_hand(article: Article) -> str:
    """Returns who saved last, and when: “Trần Quốc Bảo, 10:32 25/11/2026”."""
    edit = _last_edit(article)
    return f"{edit.editor}, {_when(edit)}" if edit else "Người khác, vừa xong"


def is_last_hand(article: Article, user: Any) -> bool:
    """Whether this person saved last, perhaps in another window."""
    edit = _last_edit(article)
    return edit is not None and edit.editor_id == user.pk


def conflict_words(article: Article, user: Any) -> str:
    """Returns a message for `user`: who saved in the meantime, and what to do."""
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
    """Returns a title or lead as stored: clean, single spaces, none at the ends."""
    return " ".join(clean_line(words).split())


def _tidy(article: Article) -> None:
    article.title = one_line(article.title)
    article.lead = one_line(article.lead)
    article.body = clean_body(article.body)
    article.slug = slug(article.slug) or slug(article.title)

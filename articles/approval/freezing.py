"""What a submission freezes: a story's whole content as plain data, and its digest."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from articles.models import Article, Revision, WorkingEdit
from articles.text.body import figures_in
from departments.naming import name_on
from media.models import Photo

SCHEMA = 1
FROZEN = (
    "section",
    "department",
    "event",
    "commendation_decision",
)  # records that a content names: for select_related


def content_of(article: Article) -> dict[str, Any]:
    """Returns everything readers will see of this working copy, with names as of today, in a fixed shape
    (SCHEMA).

    The key "correction" is present only when the writer has chosen the kind of change.
    """
    today = timezone.localdate()
    return _correction(article) | {
        "schema": SCHEMA,
        "kind": article.kind,
        "title": article.title,
        "slug": article.slug,
        "lead": article.lead,
        "source_mark": article.source_mark,
        "body": article.body,
        "section": _named(article.section),
        "department": {"id": article.department_id, "name": name_on(article.department, today)},
        "event": _named(article.event),
        "commendation_decision": _named(article.commendation_decision),
        "bylines": [_byline(row, today) for row in article.bylines.select_related("person", "department")],
        "tags": sorted(article.tags.names()),
        "figures": figures_of(article.body),
    }


def words_digest(content: dict[str, Any]) -> str:
    """Returns the digest of the content without its correction notice."""
    return digest({name: value for name, value in content.items() if name != "correction"})


def digest(content: dict[str, Any]) -> str:
    """Returns the sha256 (hex) of the content as canonical JSON: equal contents have equal digests."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def freeze(
    article: Article,
    by: Any,
    content: dict[str, Any],
    answers: Iterable[dict[str, str]] = (),
    *,
    is_writing: bool = True,
) -> Revision:
    """Insert the next revision, with the answers to findings, and return it.

    `is_writing` is false when `by` only brings what others wrote (an import) and is none of its editors.
    The caller must hold a lock on the article's row (a step has just updated its status).
    """
    last = article.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision.objects.create(
        article=article,
        number=last + 1,
        content=content,
        sha256=digest(content),
        check_answers=list(answers),
        editor_ids=sorted(hands_since_approval(article) | ({by.pk} if is_writing else set())),
        created_by=by,
    )


def hands_since_approval(article: Article) -> set[int]:
    """Returns ids of the accounts that changed the text since the last approved revision, and of the accounts
    named in the story's bylines.
    """
    edits = WorkingEdit.objects.filter(article=article)
    if article.approved_revision_id:
        edits = edits.filter(edited_at__gt=article.approved_revision.created_at)
    named = article.bylines.filter(person__user__isnull=False).values_list("person__user", flat=True)
    return set(edits.values_list("editor", flat=True)) | set(named)


def _correction(article: Article) -> dict[str, Any]:
    if not article.correction_kind:
        return {}
    return {"correction": {"kind": article.correction_kind, "notice": article.correction_note}}


def _named(record: Any) -> dict[str, Any] | None:
    return {"id": record.pk, "name": str(record)} if record else None


def _byline(row: Any, today: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "role": row.role,
        "person": row.person_id,
        "department": row.department_id,
        "department_name": name_on(row.department, today) if row.department else "",
    }


def figures_of(body: str) -> list[dict[str, Any]]:
    """Returns the pictures of a cleaned body in the shape of "figures" in a content."""
    figures = figures_in(body)
    hashes = dict(
        Photo.objects.filter(pk__in={f.photo_id for f in figures}).values_list("pk", "content_hash")
    )
    return [
        {
            "photo": figure.photo_id,
            "content_hash": hashes.get(figure.photo_id, ""),
            "caption": figure.caption,
            "credit": figure.credit,
            "alt": figure.alt,
            "decorative": figure.is_decorative,
        }
        for figure in figures
    ]

"""Private preview addresses: made by staff, readable by everybody with the address until revoked or ended."""

import datetime
import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from approvals.auditing import audit_act
from articles.approval.freezing import content_of
from articles.models import Article, PreviewLink

LIVES = (1, 3, 7)  # days


@transaction.atomic
def make_link(article: Article, *, by: Any, days: int) -> str:
    """Freeze the working copy under a new address. Returns its token (256 bits), which is not stored."""
    token = secrets.token_urlsafe(32)
    ends_at = timezone.now() + datetime.timedelta(days=days)
    PreviewLink.objects.create(
        article=article,
        token_hash=_hash(token),
        content=content_of(article),
        made_by=by,
        ends_at=ends_at,
    )
    until = f"Mở được đến {timezone.localtime(ends_at):%H:%M, %d/%m/%Y}."
    audit_act("Tạo đường dẫn xem trước", by, about=article, words=until)
    return token


def find_link(token: str) -> PreviewLink | None:
    """Returns the link of this token; None when it is unknown, revoked or ended."""
    return in_use().filter(token_hash=_hash(token)).first()


def in_use() -> QuerySet[PreviewLink]:
    """Links neither revoked nor ended, except those of stories in the bin."""
    return PreviewLink.objects.filter(revoked_at=None, ends_at__gt=timezone.now(), article__binned_at=None)


def note_opening(link: PreviewLink) -> None:
    """Store that the link was opened now."""
    PreviewLink.objects.filter(pk=link.pk).update(opened_at=timezone.now())


@transaction.atomic
def revoke_link(link: PreviewLink, *, by: Any) -> None:
    """Close the address at once. Revoking it a second time changes nothing."""
    if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        made = f"{link.made_by} tạo lúc {timezone.localtime(link.made_at):%H:%M, %d/%m/%Y}."
        audit_act("Thu lại đường dẫn xem trước", by, about=link.article, words=made)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

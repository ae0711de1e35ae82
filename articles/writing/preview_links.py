"""Private preview addresses: made by staff, read by whoever was given one, gone when revoked or over."""

import datetime
import hashlib
import secrets
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles.approval.freezing import content_of
from articles.models import Article, PreviewLink

LIVES = (1, 3, 7)  # days


def make_link(article: Article, *, by: Any, days: int) -> str:
    """Freeze the working copy under a new address; returns its token (256 bits), kept nowhere."""
    token = secrets.token_urlsafe(32)
    PreviewLink.objects.create(
        article=article,
        token_hash=_hash(token),
        content=content_of(article),
        made_by=by,
        ends_at=timezone.now() + datetime.timedelta(days=days),
    )
    return token


def find_link(token: str) -> PreviewLink | None:
    """The link this token opens now; unknown, revoked and ended ones are all the same: none."""
    return in_use().filter(token_hash=_hash(token)).first()


def in_use() -> QuerySet[PreviewLink]:
    """Neither revoked nor over; a story in the bin is shown to nobody."""
    return PreviewLink.objects.filter(revoked_at=None, ends_at__gt=timezone.now(), article__binned_at=None)


def note_opening(link: PreviewLink) -> None:
    PreviewLink.objects.filter(pk=link.pk).update(opened_at=timezone.now())


def revoke_link(link: PreviewLink) -> None:
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

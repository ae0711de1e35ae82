"""Who has a story open right now: told to the others, forgotten soon."""

import datetime
from typing import Any

from django.utils import timezone

from articles.models import Article, Presence

# Screens tell every 20 seconds; one that has missed two turns is closed, or its line is gone.
HERE = datetime.timedelta(seconds=50)


def note_presence(article: Article, user: Any) -> None:
    Presence.objects.update_or_create(article=article, user=user)


def others(article: Article, user: Any) -> list[str]:
    """Names of the other people who have it open."""
    since = timezone.now() - HERE
    here = Presence.objects.filter(article=article, seen_at__gt=since).exclude(user=user)
    return [str(row.user) for row in here.select_related("user").order_by("user__full_name")]

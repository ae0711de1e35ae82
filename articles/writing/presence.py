"""Who has a story open now: shown to the others, forgotten after HERE."""

import datetime
from typing import Any

from django.utils import timezone

from articles.models import Article, Presence

# Screens report every 20 seconds; one that missed two reports is closed or offline.
HERE = datetime.timedelta(seconds=50)


def note_presence(article: Article, user: Any) -> None:
    """Store that this person's screen is open now."""
    Presence.objects.update_or_create(article=article, user=user)


def others(article: Article, user: Any) -> list[str]:
    """Returns the names of the other people who have the story open."""
    since = timezone.now() - HERE
    here = Presence.objects.filter(article=article, seen_at__gt=since).exclude(user=user)
    return [str(row.user) for row in here.select_related("user").order_by("user__full_name")]

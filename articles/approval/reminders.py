"""Whose answer is late: the worker reminds once, and tells the next rank when its turn has come."""

from articles.approval import notices as telling_of_stories
from articles.approval import urgent
from articles.approval.holding import WAITING, holdings
from articles.approval.notices import NOUN, notice_of
from articles.models import Article
from inbox.models import Notice
from records import telling
from records.holding import Holding


def remind() -> int:
    """Remind of every story past its hour, each person once for each revision and reading; returns how many.

    Time moves nothing: it is people who decide.
    """
    waiting = Article.objects.filter(status__in=WAITING, binned_at=None)
    late = {
        story: held
        for story, held in _held(list(waiting.select_related("department", "review_revision__article")))
        if held.is_overdue
    }
    known = Notice.objects.filter(kind__in=("reminded", "turn"), object_id__in=[story.pk for story in late])
    told = set(known.values_list("key", flat=True))
    return sum(_remind(story, held, told) for story, held in late.items()) + _remind_of_urgent()


def _remind_of_urgent() -> int:
    """Whoever may answer an urgent withdrawal hears once more when its time is over."""
    late = [row for row in urgent.with_holdings(urgent.all_pending()) if row.held.is_overdue]
    return sum(telling_of_stories.urgent_is_late(row) for row in late)


def _held(stories: list[Article]) -> list[tuple[Article, Holding]]:
    found = holdings(stories)
    return [(story, found[story.pk]) for story in stories if story.pk in found]


def _remind(story: Article, held: Holding, told: set[str]) -> int:
    once = f"{story.status}:{story.review_revision_id}"
    return telling.remind(held, once, told, NOUN, **notice_of(story.review_revision))

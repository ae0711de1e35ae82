"""Public pages that cite a document: events, commendation decisions, and their stories."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

from documents.cards import story_rows
from documents.models import OfficialDocument

STORIES_SHOWN = 6


class Citations(NamedTuple):
    """Public rows only, found by reverse accessors."""

    events: list[Any]
    decisions: list[Any]

    @classmethod
    def of(cls, document: OfficialDocument) -> Self:
        """Read the citations of a document. Makes two queries."""
        uses = document.event_uses.public().select_related("event").order_by("-event__starts_at")
        return cls([use.event for use in uses], list(document.commendation_decisions.public()))

    def __bool__(self) -> bool:
        return bool(self.events or self.decisions)


def stories_of(decisions: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the newest public stories about these decisions. Makes one query, none without decisions."""
    if not decisions:
        return []
    # This room may not import the model, so it is reached through the decision's accessor.
    story = decisions[0]._meta.get_field("published_articles").related_model
    rows = story.objects.live().cards().filter(commendation_decision__in=decisions)
    return story_rows(rows.newest()[:STORIES_SHOWN])

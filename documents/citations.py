"""Which public pages lead to a document: events that used it, commendations it decides, their stories."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

from documents.cards import story_rows
from documents.models import OfficialDocument

STORIES_SHOWN = 6


class Citations(NamedTuple):
    """Public rows only. Reverse accessors all the way up."""

    events: list[Any]
    decisions: list[Any]

    @classmethod
    def of(cls, document: OfficialDocument) -> Self:
        """Two queries however many there are."""
        uses = document.event_uses.public().select_related("event").order_by("-event__starts_at")
        return cls([use.event for use in uses], list(document.commendation_decisions.public()))

    def __bool__(self) -> bool:
        return bool(self.events or self.decisions)


def stories_of(decisions: Sequence[Any]) -> list[dict[str, Any]]:
    """The newest public stories about these commendations; one query, none without any."""
    if not decisions:
        return []
    # This room may not import the model: it is reached by the accessor of the decision.
    story = decisions[0]._meta.get_field("published_articles").related_model
    rows = story.objects.live().cards().filter(commendation_decision__in=decisions)
    return story_rows(rows.newest()[:STORIES_SHOWN])

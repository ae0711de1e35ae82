"""Which public pages lead to a document: events that used it, commendations it decides, their stories."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Prefetch

from documents.cards import story_rows
from documents.models import OfficialDocument

STORIES_SHOWN = 6


@dataclass(frozen=True)
class Citations:
    events: list[Any]
    decisions: list[Any]
    stories: list[dict[str, Any]]

    def __bool__(self) -> bool:
        return bool(self.events or self.decisions or self.stories)


def citations_of(document: OfficialDocument) -> Citations:
    """Public rows only, in three queries however many there are. Reverse accessors all the way up."""
    uses = document.event_uses.public().select_related("event").order_by("-event__starts_at")
    decisions = document.commendation_decisions.public()
    story = _model_at(decisions.model, "published_articles")
    live = Prefetch("published_articles", story.objects.live().cards().newest(), to_attr="live_stories")
    decisions = list(decisions.prefetch_related(live))
    stories = sorted(
        (story for decision in decisions for story in decision.live_stories),
        key=lambda story: story.published_at,
        reverse=True,
    )
    return Citations([use.event for use in uses], decisions, story_rows(stories[:STORIES_SHOWN]))


def _model_at(model: type[Model], accessor: str) -> Any:
    """The model behind a reverse accessor; this room may not import it."""
    return model._meta.get_field(accessor).related_model

"""What a story's card on the front page says."""

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from approvals.enums import RecordStatus
from articles.models import PublishedArticle
from articles.models.querysets import ROW
from articles.public.cards import StoryCard
from awards.counting import Counts, counts, phrase
from awards.enums import RecipientKind
from awards.models import Commendation

FIELDS = (*ROW, "section")


class FrontCard(StoryCard):
    """A story with what the place of the top story also says."""

    __slots__ = ()

    @property
    def lead_card(self) -> dict[str, Any]:
        """What stands under its photo and where to read on."""
        counts = Counts(self["collectives"] or 0, self["individuals"] or 0)
        more = {"caption": (self.photo or {}).get("caption", "")}
        if self["event_status"] == RecordStatus.PUBLIC:
            more["event_url"] = reverse("events:event_detail", args=[self["event_slug"]])
        if self["decision_status"] == RecordStatus.PUBLIC and counts.total:
            more["decision_url"] = reverse("awards:decision_detail", args=[self["decision_slug"]])
            more["decision_counts"] = phrase(counts, ", ")
        return self.card | more


def rows(stories: QuerySet[PublishedArticle]) -> QuerySet[PublishedArticle, dict]:
    """Only the columns a card shows, and where its event and its commendations may be read."""
    return stories.values(
        *FIELDS,
        event_slug=F("event__slug"),
        event_status=F("event__status"),
        decision_slug=F("commendation_decision__slug"),
        decision_status=F("commendation_decision__status"),
        collectives=_given(RecipientKind.COLLECTIVE),
        individuals=_given(RecipientKind.INDIVIDUAL),
    )


def card_of(page: PublishedArticle) -> FrontCard:
    """The same of one page, stored or not."""
    given, section = page.commendation_decision, page.section
    counted = counts(given, standing=True) if given else Counts()
    own = {name: getattr(page, name) for name in FIELDS if "section" not in name}
    named = {
        "section": page.section_id,
        "section__name": section.name if section else None,
        "section__slug": section.slug if section else None,
        "event_slug": page.event.slug if page.event else None,
        "event_status": page.event.status if page.event else None,
        "decision_slug": given.slug if given else None,
        "decision_status": given.status if given else None,
        "collectives": counted.collectives,
        "individuals": counted.individuals,
    }
    return FrontCard.of(own | named)


def _given(kind: str) -> Subquery:
    """How many of the kind the story's decision commends and no later one has revoked."""
    given = Commendation.objects.public().standing().filter(decision=OuterRef("commendation_decision"))
    return Subquery(
        given.filter(recipient_kind=kind).order_by().values("decision").annotate(n=Count("pk")).values("n")
    )

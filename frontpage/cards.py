"""What a story's card on the front page says."""

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from approvals.enums import RecordStatus
from articles.models import PublishedArticle
from articles.models.published import section_address, story_address
from awards.counting import Counts, counts, phrase
from awards.enums import RecipientKind
from awards.models import Commendation

FIELDS = (
    "pk",
    "slug",
    "title",
    "lead",
    "source_mark",
    "section",
    "department_name",
    "published_at",
    "card_photo",
)


def rows(stories: QuerySet[PublishedArticle]) -> QuerySet[PublishedArticle, dict]:
    """Only the columns a card shows, and where its event and its commendations may be read."""
    return stories.values(
        *FIELDS,
        section_name=F("section__name"),
        section_slug=F("section__slug"),
        event_slug=F("event__slug"),
        event_status=F("event__status"),
        decision_slug=F("commendation_decision__slug"),
        decision_status=F("commendation_decision__status"),
        collectives=_given(RecipientKind.COLLECTIVE),
        individuals=_given(RecipientKind.INDIVIDUAL),
    )


def row_of(page: PublishedArticle) -> dict[str, Any]:
    """The same of one page, stored or not."""
    given, section = page.commendation_decision, page.section
    counted = counts(given, standing=True) if given else Counts()
    return {name: getattr(page, name) for name in FIELDS if name != "section"} | {
        "section": page.section_id,
        "section_name": section.name if section else None,
        "section_slug": section.slug if section else None,
        "event_slug": page.event.slug if page.event else None,
        "event_status": page.event.status if page.event else None,
        "decision_slug": given.slug if given else None,
        "decision_status": given.status if given else None,
        "collectives": counted.collectives,
        "individuals": counted.individuals,
    }


def _given(kind: str) -> Subquery:
    """How many of the kind the story's decision commends and no later one has revoked."""
    given = Commendation.objects.public().standing().filter(decision=OuterRef("commendation_decision"))
    return Subquery(
        given.filter(recipient_kind=kind).order_by().values("decision").annotate(n=Count("pk")).values("n")
    )


def story(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": row["title"],
        "url": story_address(row["slug"], row["pk"]),
        "lead": row["lead"],
        "source_mark": row["source_mark"],
        "section_name": row["section_name"],
        "section_url": section_address(row["section_slug"]),
        "department_name": row["department_name"],
        "published_at": row["published_at"],
        "photo": row["card_photo"],
    }


def lead(row: dict[str, Any]) -> dict[str, Any]:
    """The top story also says what stands under its photo and where to read on."""
    counts = Counts(row["collectives"] or 0, row["individuals"] or 0)
    more = {"caption": (row["card_photo"] or {}).get("caption", "")}
    if row["event_status"] == RecordStatus.PUBLIC:
        more["event_url"] = reverse("events:event_detail", args=[row["event_slug"]])
    if row["decision_status"] == RecordStatus.PUBLIC and counts.total:
        more["decision_url"] = reverse("awards:decision_detail", args=[row["decision_slug"]])
        more["decision_counts"] = phrase(counts, ", ")
    return story(row) | more

"""What stands around a story on its public page: event, commendations, related stories, the desk's picks."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from approvals.enums import RecordStatus
from articles import structured_data
from articles.models import PublishedArticle
from articles.share_image import share_image
from articles.sharing import discovery, ways
from events.timing import attendance_phrase
from language.dates import format_date

OLD_AFTER_YEARS = 2
RELATED = 3
SLOTS = {"focus": 4, "dont_miss": 1}  # of the front page, and how many of each stand under a story


def load(pk: int) -> PublishedArticle | None:
    """The page and the public records it names, in one query; tombstones too."""
    related = ("section", "department", "event", "commendation_decision")
    return PublishedArticle.objects.select_related(*related).filter(pk=pk).first()


def context(page: PublishedArticle) -> dict[str, Any]:
    """Everything the template needs; one query besides `load`, one more for commendations."""
    decision = _public(page.commendation_decision)
    honours = decision.honour_groups() if decision else []
    around = _around(page)
    return {
        "article": page,
        "tags": page.tag_names,
        "decision": decision,
        "honours": honours,
        "decision_label": f"Quyết định {decision.number}, {decision.signed_on:%d/%m/%Y}" if decision else "",
        "share_image": share_image(page),
        "oembed_url": discovery(page),
        "ways": ways(page),
        "event": _event_card(_public(page.event), honours),
        "related": _related(page, around),
        "focus": _picked("focus", around),
        "dont_miss": _picked("dont_miss", around),
        "crumbs": [{"label": page.section.name, "url": page.section_url}],
        "age_in_years": age_in_years(page),
        "json_ld": structured_data.of_story(page),
    }


def age_in_years(page: PublishedArticle) -> int:
    """Whole years since publication when the reader should be told, else 0."""
    years = (timezone.now() - page.published_at).days // 365
    return years if years >= OLD_AFTER_YEARS else 0


def _public(record: Any) -> Any:
    return record if record is not None and record.status == RecordStatus.PUBLIC else None


def _event_card(event: Any, honours: list[dict[str, Any]]) -> dict[str, Any] | None:
    if event is None:
        return None
    return {
        "url": event.get_absolute_url(),
        "title": event.title,
        "date_label": format_date(timezone.localtime(event.starts_at).date(), "dong-dau"),
        "size_label": attendance_phrase(event),
        "honour_label": ", ".join(group["label"] for group in honours),
    }


def _around(page: PublishedArticle) -> list[PublishedArticle]:
    """Stories of the same event, of the same section, and those the desk placed today, in one query.

    Each part is found by its own index; joined with OR, a database may read every story.
    """
    live = PublishedArticle.objects.live()
    near = Q(pk__in=live.filter(section=page.section_id).newest().values("pk")[: RELATED + 1])
    if page.event_id:
        near |= Q(pk__in=live.filter(event=page.event_id).newest().values("pk")[: RELATED + 1])
    placed = _placements()
    near |= Q(pk__in=placed.values("article"))
    of_story = placed.filter(article=OuterRef("pk")).order_by("position")
    slots = {slot: Subquery(of_story.filter(slot=slot).values("position")[:1]) for slot in SLOTS}
    return list(live.filter(near).exclude(pk=page.pk).annotate(**slots).newest().cards())


def _related(page: PublishedArticle, around: list[PublishedArticle]) -> list[PublishedArticle]:
    """Newest of the same event or section; those of the event first."""
    of_event = [story for story in around if page.event_id and story.event_id == page.event_id]
    others = [s for s in around if s.section_id == page.section_id and s not in of_event]
    return [*of_event, *others][:RELATED]


def _picked(slot: str, around: list[PublishedArticle]) -> list[PublishedArticle]:
    """What the desk placed in that slot of the front page today, without this story."""
    placed = [story for story in around if getattr(story, slot) is not None]
    return sorted(placed, key=lambda story: getattr(story, slot))[: SLOTS[slot]]


def _placements() -> QuerySet:
    """Placements of these slots that hold now; their room stands above this one."""
    now = timezone.now()
    rows = PublishedArticle._meta.get_field("placements").related_model._default_manager
    holding = Q(ends_at=None) | Q(ends_at__gt=now)
    return rows.filter(holding, slot__in=SLOTS, starts_at__lte=now)

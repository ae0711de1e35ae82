"""What stands around a story on its public page: event, commendations, related stories, the desk's picks."""

from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from approvals.enums import RecordStatus
from articles import structured_data
from articles.models import PublishedArticle
from articles.share_image import share_image
from articles.sharing import discovery
from events.timing import attendance_phrase

OLD_AFTER_YEARS = 2


def load(pk: int) -> PublishedArticle | None:
    """The page and the public records it names, in one query; tombstones too."""
    related = ("section", "department", "event", "commendation_decision")
    return PublishedArticle.objects.select_related(*related).filter(pk=pk).first()


def context(page: PublishedArticle) -> dict[str, Any]:
    """Everything the template needs; three queries at most besides `load`."""
    decision = _public(page.commendation_decision)
    honours = decision.honour_groups() if decision else []
    picks = _picks(page)
    return {
        "article": page,
        "tags": page.tag_names,
        "decision": decision,
        "honours": honours,
        "decision_label": f"Quyết định {decision.number}, {decision.signed_on:%d/%m/%Y}" if decision else "",
        "share_image": share_image(page),
        "oembed_url": discovery(page),
        "event": _event_card(_public(page.event), honours),
        "related": _related(page),
        "focus": [story for story in picks if story.slot == "focus"][:4],
        "dont_miss": [story for story in picks if story.slot == "dont_miss"][:1],
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
        "date_label": f"{timezone.localtime(event.starts_at):%d/%m/%Y}",
        "size_label": attendance_phrase(event),
        "honour_label": ", ".join(group["label"] for group in honours),
    }


def _related(page: PublishedArticle) -> list[PublishedArticle]:
    """Newest of the same event or section; those of the event first."""
    near = Q(section=page.section_id)
    if page.event_id:
        near |= Q(event=page.event_id)
    rows = list(PublishedArticle.objects.live().filter(near).exclude(pk=page.pk).newest().cards()[:12])
    rows.sort(key=lambda story: story.event_id != page.event_id or not page.event_id)
    return rows[:3]


def _picks(page: PublishedArticle) -> list[PublishedArticle]:
    """What the desk placed on the front page today, without this story."""
    now = timezone.now()
    placed = PublishedArticle.objects.live().filter(
        Q(placements__ends_at=None) | Q(placements__ends_at__gt=now),
        placements__slot__in=("focus", "dont_miss"),
        placements__starts_at__lte=now,
    )
    placed = placed.exclude(pk=page.pk).annotate(slot=F("placements__slot"))
    return list(placed.cards().order_by("slot", "placements__position")[:8])

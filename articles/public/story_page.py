"""What a story's public page shows around the text: event, commendations, related stories, picks."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from approvals.enums import RecordStatus
from articles.models import PublishedArticle
from articles.models.published import tag_address
from articles.public import structured_data
from articles.public.newest import newest_of_event, newest_of_section, stories_of
from articles.public.share_card import card_of
from articles.public.sharing import discovery, ways
from departments.public.doors import TAG, unit_door
from events.timing import EventState, attendance_phrase, badge_at, state_at
from foundation.language.dates import format_date
from foundation.pagestore.parts import part

OLD_AFTER_YEARS = 2
RELATED = 3
SLOTS = {"focus": 4, "dont_miss": 1}  # slots of the front page → how many of each are shown under a story


def load(pk: int) -> PublishedArticle:
    """Returns the page with its public records in one query, also when its text is gone. Raises Http404."""
    pages = PublishedArticle.objects.known().select_related("section", "event", "commendation_decision")
    return get_object_or_404(pages, pk=pk)


def context(page: PublishedArticle) -> dict[str, Any]:
    """Returns the template's context. Parts that other pages show too are cached."""
    decision = _public(page.commendation_decision)
    honours = part(f"honours {decision.pk}", ["awards", TAG], decision.honour_groups) if decision else []
    return {
        "article": page,
        "bylines": _bylines(page),
        "tags": [(name, tag_address(slug)) for name, slug in page.tag_names],
        "decision": decision,
        "honours": honours,
        "decision_label": f"Quyết định {decision.number}, {decision.signed_on:%d/%m/%Y}" if decision else "",
        "share_image": card_of(page).image,
        "oembed_url": discovery(page),
        "ways": ways(page),
        "event": _event_card(_public(page.event), honours),
        "related": _related(page),
        **_picks(page),
        "crumbs": [{"label": page.section.name, "url": page.section_url}],
        "age_in_years": age_in_years(page),
        "json_ld": structured_data.of_story(page),
    }


def _bylines(page: PublishedArticle) -> list[dict[str, Any]]:
    """Returns the bylines as frozen, each with the address of its unit; older ones do not say which it is."""
    day = timezone.localdate(page.published_at)
    return [byline | {"url": unit_door(byline.get("department"), day), "day": day} for byline in page.bylines]


def age_in_years(page: PublishedArticle) -> int:
    """Returns whole years since publication when readers should be warned, else 0."""
    years = (timezone.now() - page.published_at).days // 365
    return years if years >= OLD_AFTER_YEARS else 0


def _public(record: Any) -> Any:
    return record if record is not None and record.status == RecordStatus.PUBLIC else None


def _event_card(event: Any, honours: list[dict[str, Any]]) -> dict[str, Any] | None:
    if event is None:
        return None
    now = timezone.now()
    expected = state_at(event, now) in (EventState.UPCOMING, EventState.RUNNING, EventState.PAST)
    badge = None if expected else badge_at(event, now)
    return {
        "url": event.get_absolute_url(),
        "title": event.title,
        "badge": badge,
        "note": "" if expected else event.occurrence_note,
        "date_label": format_date(timezone.localtime(event.starts_at).date(), "dong-dau"),
        "size_label": attendance_phrase(event),
        "honour_label": ", ".join(group["label"] for group in honours),
    }


def _related(page: PublishedArticle) -> list[PublishedArticle]:
    """Newest stories of the same event or section; those of the event come first."""
    of_event = newest_of_event(page.event_id) if page.event_id else []
    of_section = newest_of_section(page.section_id) if page.section_id else []
    beside = {story.pk: story for story in (*of_event, *of_section) if story.pk != page.pk}
    return list(beside.values())[:RELATED]


def _picks(page: PublishedArticle) -> dict[str, list[PublishedArticle]]:
    """Stories that the desk placed in these slots of the front page today, without this story."""
    placed = part("placed beside stories", ["placements"], _placed)
    stories = stories_of(pk for _slot, pk in placed)
    picks: dict[str, dict[int, PublishedArticle]] = {slot: {} for slot in SLOTS}
    for slot, pk in placed:
        if pk in stories and pk != page.pk:
            picks[slot][pk] = stories[pk]
    return {slot: list(found.values())[: SLOTS[slot]] for slot, found in picks.items()}


def _placed() -> list[tuple[str, int]]:
    """Returns (slot, story id) of the placements in force now, in order. `frontpage` is a higher room, so it
    is reached by the reverse accessor.
    """
    placements = PublishedArticle._meta.get_field("placements").related_model.objects
    rows = placements.at(timezone.now()).filter(slot__in=SLOTS)
    rows = rows.order_by("position", "-article__published_at", "-article")
    return list(rows.values_list("slot", "article"))

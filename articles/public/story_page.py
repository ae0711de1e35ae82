"""What stands around a story on its public page: event, commendations, related stories, the desk's picks."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from approvals.enums import RecordStatus
from articles.models import PublishedArticle
from articles.models.published import tag_address
from articles.models.querysets import ROW
from articles.public import structured_data
from articles.public.cards import StoryCard
from articles.public.share_image import share_image
from articles.public.sharing import discovery, ways
from events.timing import EventState, attendance_phrase, badge_at, state_at
from foundation.language.dates import format_date
from foundation.pagestore.parts import part
from foundation.paging.keyset import any_of
from foundation.paging.prepared import ask

OLD_AFTER_YEARS = 2
RELATED = 3
SLOTS = {"focus": 4, "dont_miss": 1}  # of the front page, and how many of each stand under a story


_WHEN = ("starts_at", "ends_at", "all_day", "occurrence", "occurrence_note")
# Of the records a story names only what its page says of them.
NAMED = {
    "section": ("id", "name", "slug"),
    "event": ("id", "slug", "title", "status", *_WHEN, "attendance", "attendance_qualifier"),
    "commendation_decision": ("id", "slug", "number", "status", "signed_on", "summary"),
}
OWN = tuple(field.attname for field in PublishedArticle._meta.concrete_fields)


def load(pk: int) -> PublishedArticle | None:
    """The page and the public records it names, in one query; tombstones too."""
    for row in ask(_with_named, [pk]):
        page = _made(PublishedArticle, {name: row[name] for name in OWN})
        for record, names in NAMED.items():
            field = PublishedArticle._meta.get_field(record)
            fields = {name: row[f"{record}__{name}"] for name in names}
            setattr(page, record, _made(field.related_model, fields) if fields["id"] else None)
        return page
    return None


def _with_named(pks: Sequence[int]) -> QuerySet[PublishedArticle, dict]:
    named = [f"{record}__{name}" for record, names in NAMED.items() for name in names]
    return PublishedArticle.objects.known().filter(pk=pks[0]).values(*OWN, *named)


def _made[Record: Model](model: type[Record], fields: dict[str, Any]) -> Record:
    """As the database would answer with these fields; another one that is asked for is read then."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in fields]
    return model.from_db(DEFAULT_DB_ALIAS, names, [fields[name] for name in names])


def context(page: PublishedArticle) -> dict[str, Any]:
    """Everything the template needs: what stands around and the commendations are parts, a query each."""
    decision = _public(page.commendation_decision)
    honours = part(f"honours {decision.pk}", ["awards"], decision.honour_groups) if decision else []
    around = [story for story in _around(page.section_id, page.event_id) if story.pk != page.pk]
    return {
        "article": page,
        "tags": [(name, tag_address(slug)) for name, slug in page.tag_names],
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


def _around(section_id: int, event_id: int | None) -> list[StoryCard]:
    """Newest stories of the event and of the section, and those the desk placed today, in one query."""
    tags = ["stories", "placements", "sections"]
    asked = ([section_id], [event_id] if event_id else [], [timezone.now()])
    name = f"around {section_id} {event_id or ''}"
    return part(name, tags, lambda: ask(_read_around, *asked, made=StoryCard))


def _read_around(
    section: Sequence[int], event: Sequence[int], now: Sequence[datetime.datetime]
) -> QuerySet[PublishedArticle, dict]:
    """Rows of cards, and what says where they may stand."""
    live = PublishedArticle.objects.live()
    placed = _placements(now[0])
    near = [live.filter(section=section[0]).newest()[: RELATED + 1]]
    near += [live.filter(event=event[0]).newest()[: RELATED + 1]] if event else []
    near += [live.filter(pk__in=placed.values("article"))]
    of_story = placed.filter(article=OuterRef("pk")).order_by("position")
    slots = {slot: Subquery(of_story.filter(slot=slot).values("position")[:1]) for slot in SLOTS}
    return live.filter(any_of(near)).newest().values(*ROW, "section", "event", **slots)


def _related(page: PublishedArticle, around: list[StoryCard]) -> list[StoryCard]:
    """Newest of the same event or section; those of the event first."""
    of_event = [story for story in around if page.event_id and story["event"] == page.event_id]
    others = [s for s in around if s["section"] == page.section_id and s not in of_event]
    return [*of_event, *others][:RELATED]


def _picked(slot: str, around: list[StoryCard]) -> list[StoryCard]:
    """What the desk placed in that slot of the front page today, without this story."""
    placed = [story for story in around if story[slot] is not None]
    return sorted(placed, key=lambda story: story[slot])[: SLOTS[slot]]


def _placements(now: datetime.datetime) -> QuerySet:
    """Placements of these slots that hold now; their room stands above this one."""
    rows = PublishedArticle._meta.get_field("placements").related_model._default_manager
    holding = Q(ends_at=None) | Q(ends_at__gt=now)
    return rows.filter(holding, slot__in=SLOTS, starts_at__lte=now)

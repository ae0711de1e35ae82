"""What this site itself tells about a nominee: figures as hints, and things to choose as evidence.

A figure is no merit: it is shown beside the name and sorts nothing.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from articles.models import PublishedArticle
from awards.enums import RecipientKind
from awards.models import Commendation
from events.models import Event
from foundation.language.vietnamese import fold
from media.models import Photo
from rounds.models import Evidence, Nominee, Round

MOST_READ = 5_000  # stories looked at to count; a ministry's busiest year has fewer
MOST = 40  # of each kind, newest first, to choose from
KINDS = {
    "story": "Bài đã đăng",
    "photo": "Ảnh trong kho",
    "event": "Sự kiện đã tổ chức",
    "award": "Đã được khen",
}


@dataclass(frozen=True)
class Figures:
    """Counts within the round's period; awards of all time."""

    stories: int = 0
    photos: int = 0
    events: int = 0
    awards: int = 0

    @property
    def words(self) -> str:
        """Return “22 bài, 8 ảnh, 1 lần khen trước”; empty when there is nothing."""
        parts = (
            (self.stories, "bài"),
            (self.photos, "ảnh"),
            (self.events, "sự kiện"),
            (self.awards, "lần khen"),
        )
        return ", ".join(f"{count} {word}" for count, word in parts if count)


def figures_of(nominees: Sequence[Nominee], round_: Round) -> dict[int, Figures]:
    """Return the figures of each nominee by primary key. Makes four queries for any number of nominees.

    A person counts by the directory, a collective by its unit; who is in neither has no figures.
    """
    people = {one.person_id for one in nominees if _is_person(one)}
    units = {one.department_id for one in nominees if _is_unit(one)}
    if not people | units:
        return {one.pk: Figures() for one in nominees}
    stories, photos = _stories_by(people, units, round_), _photos_by(people, units, round_)
    events = Counter(_events(round_).filter(host__in=units).values_list("host", flat=True))
    awards = _awards_by(people, units)
    found = {}
    for one in nominees:
        who = ("person", one.person_id) if _is_person(one) else ("unit", one.department_id)
        known = _is_person(one) or _is_unit(one)
        found[one.pk] = (
            Figures(
                stories[who],
                photos[who],
                events[one.department_id] if _is_unit(one) else 0,
                awards[(who, "" if _is_person(one) else fold(one.recipient_name))],
            )
            if known
            else Figures()
        )
    return found


def _is_person(nominee: Nominee) -> bool:
    return nominee.recipient_kind == RecipientKind.INDIVIDUAL and nominee.person_id is not None


def _is_unit(nominee: Nominee) -> bool:
    return nominee.recipient_kind == RecipientKind.COLLECTIVE and nominee.department_id is not None


def _span(round_: Round) -> tuple[datetime.datetime, datetime.datetime]:
    """Return the round's period as moments; the end is not included."""

    def opens(day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))

    return opens(round_.counted_from), opens(round_.counted_until + datetime.timedelta(days=1))


def _stories(round_: Round) -> QuerySet[PublishedArticle]:
    began, ended = _span(round_)
    return PublishedArticle.objects.live().filter(published_at__gte=began, published_at__lt=ended)


def _photos(round_: Round) -> QuerySet[Photo]:
    began, ended = _span(round_)
    return Photo.objects.filter(uploaded_at__gte=began, uploaded_at__lt=ended)


def _events(round_: Round) -> QuerySet[Event]:
    began, ended = _span(round_)
    return Event.objects.public().taking_place().filter(starts_at__gte=began, starts_at__lt=ended).order_by()


def _awards() -> QuerySet[Commendation]:
    return Commendation.objects.filter(revoked_on=None).exclude(published_at=None)


def _stories_by(people: set[int], units: set[int], round_: Round) -> Counter:
    """Count the live stories that name each person, and those of each unit; one query.

    Looks at the newest `MOST_READ` of the period at most: who wrote stands inside the row.
    """
    found: Counter = Counter()
    asked = _stories(round_) if people else _stories(round_).filter(department__in=units)
    rows = asked.order_by("-published_at").values_list("department", "bylines")
    for unit, bylines in rows[:MOST_READ].iterator():
        if unit in units:
            found[("unit", unit)] += 1
        for person in {row.get("person") for row in bylines} & people:
            found[("person", person)] += 1
    return found


def _photos_by(people: set[int], units: set[int], round_: Round) -> Counter:
    asked = Q(uploaded_by__person__in=people) | Q(department__in=units)
    found: Counter = Counter()
    for unit, person in _photos(round_).filter(asked).values_list("department", "uploaded_by__person"):
        found[("unit", unit)] += 1
        found[("person", person)] += 1
    return found


def _awards_by(people: set[int], units: set[int]) -> Counter:
    collective = Q(recipient_kind=RecipientKind.COLLECTIVE, department__in=units)
    rows = _awards().filter(Q(person__in=people) | collective).order_by()
    found: Counter = Counter()
    for person, unit, name in rows.values_list("person", "department", "recipient_name"):
        if person:
            found[(("person", person), "")] += 1
        else:
            found[(("unit", unit), fold(name))] += 1
    return found


# --- to choose from, and what was chosen ------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """One thing that can be evidence; `value` is “story:12”."""

    value: str
    label: str
    url: str
    is_chosen: bool = False


def choices_of(nominee: Nominee) -> list[tuple[str, list[Choice]]]:
    """Return what the unit may choose for the nominee, by kind with its label; newest first."""
    round_ = nominee.proposal.round
    unit = nominee.department_id or nominee.proposal.department_id
    chosen = set(chosen_values(nominee))
    found: dict[str, list[Choice]] = defaultdict(list)
    for kind, rows in _candidates(nominee, round_, unit).items():
        for row in rows:
            value = f"{kind}:{row.pk}"
            found[kind].append(Choice(value, words_of(row), address_of(row), value in chosen))
    return [(KINDS[kind], rows) for kind, rows in found.items()]


def _candidates(nominee: Nominee, round_: Round, unit: int) -> dict[str, list[Any]]:
    person = nominee.person_id if _is_person(nominee) else None
    stories = _stories(round_).filter(department=unit).order_by("-published_at")
    if person:
        own = [row for row in stories[:500] if person in {line.get("person") for line in row.bylines}]
        photos = _photos(round_).filter(uploaded_by__person=person)
        awards = _awards().filter(person=person)
    else:
        own, photos = list(stories[:MOST]), _photos(round_).filter(department=unit)
        awards = _awards().filter(department=unit, recipient_kind=nominee.recipient_kind)
    return {
        "story": own[:MOST],
        "event": list(_events(round_).filter(host=unit).order_by("-starts_at")[:MOST]),
        "photo": list(photos.order_by("-pk")[:MOST]),
        "award": list(awards.select_related("decision").order_by("-pk")[:MOST]),
    }


def chosen_values(nominee: Nominee) -> list[str]:
    """Return what was chosen, as values of `Choice`."""
    return [
        f"{kind}:{getattr(row, f'{kind}_id')}"
        for row in nominee.evidence.all()
        for kind in KINDS
        if getattr(row, f"{kind}_id")
    ]


def choose(nominee: Nominee, values: Iterable[str]) -> None:
    """Make exactly these the nominee's evidence; others than `choices_of` offers are ignored."""
    offered = {choice.value for _, rows in choices_of(nominee) for choice in rows}
    wanted, before = offered & set(values), set(chosen_values(nominee))
    kept_elsewhere = before - offered  # chosen once, no longer offered: stays
    nominee.evidence.all().delete()
    rows = []
    for value in sorted(wanted | kept_elsewhere):
        kind, _, number = value.partition(":")
        rows.append(Evidence(nominee=nominee, **{f"{kind}_id": int(number)}))
    Evidence.objects.bulk_create(rows)


def links_of(nominees: Iterable[Nominee]) -> dict[int, list[Choice]]:
    """Return the chosen evidence of each nominee as links. Makes one query."""
    rows = Evidence.objects.filter(nominee__in=[one.pk for one in nominees])
    rows = rows.select_related("story", "photo", "event", "award__decision")
    found: dict[int, list[Choice]] = defaultdict(list)
    for row in rows:
        thing = row.story or row.photo or row.event or row.award
        found[row.nominee_id].append(Choice("", words_of(thing), address_of(thing), is_chosen=True))
    return found


def words_of(thing: Any) -> str:
    """Return a thing of the site as one line."""
    if isinstance(thing, PublishedArticle):
        return f"{thing.title} ({timezone.localtime(thing.published_at):%d/%m/%Y})"
    if isinstance(thing, Event):
        return f"{thing.title} ({timezone.localtime(thing.starts_at):%d/%m/%Y})"
    if isinstance(thing, Commendation):
        return f"{thing.decision.number}, {thing.decision.signed_on:%d/%m/%Y}"
    return thing.caption or f"Ảnh {thing.pk}"


def address_of(thing: Any) -> str:
    """Return where the thing is seen; a photo is seen in the library."""
    if isinstance(thing, Photo):
        return reverse("admin:media_photo_change", args=[thing.pk])
    return thing.get_absolute_url()

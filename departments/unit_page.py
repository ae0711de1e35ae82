"""The context of a unit's public page, for one day, in a fixed number of queries."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.roles import Role
from departments.enums import RelationKind
from departments.history import UNDECIDED, eras
from departments.models import (
    Department,
    DepartmentName,
    DepartmentRelation,
    Person,
    Position,
    SchoolYear,
)
from departments.public import doors
from departments.public.below import units_below
from departments.querysets import on_day
from departments.share_card import card_of
from departments.structured_data import of_unit
from departments.succession import Succession
from foundation.language.vietnamese import initials

STORIES, COMMENDATIONS = 6, 5
# These two roles serve the system, not the public.
BEHIND_THE_SCENES = (Role.ADMINISTRATOR, Role.AUDITOR)
STANDING = {
    RelationKind.ADMINISTRATIVE: "Trực thuộc",
    RelationKind.PROFESSIONAL: "Hướng dẫn chuyên môn",
    RelationKind.LOCATION: "Địa bàn",
}


def unit_context(unit: Department, asked: datetime.date | None = None) -> dict[str, Any]:
    """Return the context except the stories: what changes when a unit, an award or an event does.

    `asked` is a former day as of which the page is drawn: name, relations, people, work done until then.
    """
    today, card = asked or timezone.localdate(), card_of(unit)
    last_day = min(today, unit.valid_until or today)
    rows = _relation_rows(unit, last_day)
    followed = [row for row in rows if row["kind"] == RelationKind.SUCCESSION]
    succession, done = Succession(followed), Succession(row for row in followed if _is_over(row, today))
    family = succession.ancestors(unit.pk) | succession.descendants(unit.pk) | {unit.pk}
    names = list(DepartmentName.objects.filter(department__in=family).select_related("department"))
    merged = {unit.pk} | done.alone_carried_on_by(unit.pk)
    commendations = belonging(unit, "commendations", merged).public()
    if asked:
        commendations = commendations.filter(decision__signed_on__lte=asked)
    year = SchoolYear.objects.filter(starts_on__lte=last_day, ends_on__gte=today).first()
    return {
        "unit": unit,
        "name": doors.unit_name(unit.pk, asked) if asked else unit.name,
        "asked": asked,
        "units": sorted(merged),
        "json_ld": [of_unit(unit)],
        "share_image": card.image,
        "crumbs": _crumbs(unit),
        "is_closed": unit.is_closed_on(today),
        "successors": _alive(succession.descendants(unit.pk), names, today) if unit.valid_until else [],
        "relations_now": _relations_now(rows, last_day),
        "below": units_below(unit, last_day),
        "other_names": _other_names(unit, [name for name in names if name.department_id in merged]),
        "history": eras(unit, names, succession),
        "gathers": len(merged) > 1,
        "people": people(unit, last_day),
        "commendations": _latest(commendations),
        "year": year,
        "year_url": _year_url(unit, year),
        **(_year_numbers(unit, commendations, year) if year else {}),
    }


def stories_of(known: dict[str, Any]) -> dict[str, Any]:
    """Return the newest stories of the unit and of those merged into it, and their number."""
    stories = belonging(known["unit"], "published_articles", known["units"]).live()
    if known["asked"]:
        stories = stories.filter(published_at__lt=_midnight_after(known["asked"]))
    told = stories.aggregate(all=Count("pk"), **({"year": _within(known["year"])} if known["year"] else {}))
    return {
        "stories": list(stories.newest().cards()[:STORIES]),
        "story_count": told["all"],
        "story_words": f"{told['all']} tin",
        "year_stories": told.get("year"),
    }


def _within(year: SchoolYear) -> Count:
    begins, ends = _days_of(year)
    return Count("pk", filter=Q(published_at__gte=begins, published_at__lt=ends))


def belonging(unit: Department, accessor: str, units: Iterable[int]) -> Any:
    """Return rows of a higher room for the given units, found by the reverse accessor of `unit`."""
    return getattr(unit, accessor).model._default_manager.filter(department__in=units)


def people(unit: Department, day: datetime.date) -> list[dict[str, Any]]:
    """Return who has a position on that day, the head first, each person once with all titles."""
    posts = Position.objects.on(day).filter(department=unit, stands_in_for=None)
    posts = posts.exclude(role__in=BEHIND_THE_SCENES).select_related("person")
    titles: dict[Person, dict[str, str]] = {}
    for post in sorted(posts, key=lambda post: (post.role != Role.HEAD, post.order)):
        titles.setdefault(post.person, {}).setdefault(post.title, f"{post.valid_from:%m/%Y}")
    return [
        {
            "name": person.full_name,
            "initials": initials(person.full_name).replace(".", "")[-2:],
            "role": "; ".join(f"{title}, từ {since}" for title, since in held.items()),
            "day": day,
        }
        for person, held in titles.items()
    ]


def _relation_rows(unit: Department, day: datetime.date) -> list[Mapping[str, Any]]:
    """Return every succession, and the unit's own relations of that day. Makes one query."""
    rows = DepartmentRelation.objects.filter(kind=RelationKind.SUCCESSION)
    rows |= DepartmentRelation.objects.filter(on_day(day), department=unit)
    return list(
        rows.values(
            "kind",
            "department_id",
            "department__valid_until",
            "related_id",
            "valid_from",
            "document",
            "succession_kind",
        )
    )


def _is_over(row: Mapping[str, Any], today: datetime.date) -> bool:
    """Return whether the succeeded unit has closed."""
    until = row["department__valid_until"]
    return until is not None and until < today


def _crumbs(unit: Department) -> list[dict[str, str]]:
    units = reverse("departments:department_list")
    kind = {"label": unit.get_kind_display(), "url": f"{units}?loai={unit.kind}"}
    return [{"label": "Đơn vị", "url": units}, kind]


def _alive(units: set[int], names: list[DepartmentName], today: datetime.date) -> list[Department]:
    found = {n.department_id: n.department for n in names if n.department_id in units}
    alive = [unit for unit in found.values() if unit.is_open_on(today)]
    return sorted(alive, key=lambda unit: (unit.sort_key, unit.pk))


def _relations_now(rows: list[Mapping[str, Any]], day: datetime.date) -> list[dict[str, Any]]:
    """Return the unit's owner, professional guide and location."""
    by_kind = {row["kind"]: row for row in rows if row["kind"] in STANDING}
    return [
        {
            "label": label,
            "name": doors.unit_name(by_kind[kind]["related_id"], day),
            "url": doors.unit_door(by_kind[kind]["related_id"], day),
            "is_undecided": by_kind[kind]["document"].strip().lower() == UNDECIDED,
        }
        for kind, label in STANDING.items()
        if kind in by_kind
    ]


def _other_names(unit: Department, names: list[DepartmentName]) -> list[dict[str, str]]:
    """Return former names of the unit and names of the units merged into it, as in older stories."""
    newest = sorted(names, key=lambda name: name.valid_from, reverse=True)
    found = {name.name: name for name in reversed(newest) if name.name != unit.name}
    return [
        {"name": name, "url": doors.unit_door(row.department_id, row.valid_from)}
        for name, row in sorted(found.items(), key=lambda pair: pair[1].valid_from, reverse=True)
    ]


def _year_url(unit: Department, year: SchoolYear | None) -> str:
    """Return the address of the unit's commendations of the school year."""
    return f"{doors.year_door(year)}&{urlencode({'don-vi': unit.slug})}" if year else ""


def _latest(commendations: QuerySet) -> list[Any]:
    rows = commendations.select_related("decision", "award_kind")
    return list(rows.order_by("-decision__signed_on", "-decision_id", "position", "pk")[:COMMENDATIONS])


def _days_of(year: SchoolYear) -> tuple[datetime.datetime, datetime.datetime]:
    """Return the year's first midnight and the midnight after its last day."""
    return _midnight_after(year.starts_on - datetime.timedelta(days=1)), _midnight_after(year.ends_on)


def _midnight_after(day: datetime.date) -> datetime.datetime:
    after = day + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(after, datetime.time.min))


def _year_numbers(unit: Department, commendations: Any, year: SchoolYear) -> dict[str, Any]:
    """Return the numbers of the current school year, except stories."""
    begins, ends = _days_of(year)
    given = commendations.in_school_year(year).unrevoked()
    taking_place = unit.participations.public().taking_place()
    held = taking_place.filter(event__starts_at__gte=begins, event__starts_at__lt=ends)
    return {
        "year_events": held.aggregate(n=Count("event", distinct=True))["n"],
        "year_commended": _commended(given),
    }


def _commended(given: QuerySet) -> str:
    """Return collectives and persons, as decisions count them: “1 tập thể, 2 cá nhân”."""
    counts = dict(given.order_by().values_list("recipient_kind").annotate(Count("pk")))
    words = {"collective": "tập thể", "individual": "cá nhân"}
    return ", ".join(f"{counts[kind]} {word}" for kind, word in words.items() if kind in counts) or "0"

"""What search indexes of events: what their public pages say."""

from departments.naming import name_on
from events.models import Event
from events.querysets import EventQuerySet
from events.timing import first_day
from foundation.language.school_years import school_year_on
from foundation.search.enums import Kind
from foundation.search.keeping import Findable

KIND = Kind.EVENT


def records() -> EventQuerySet:
    """Return all public events."""
    related = ("programme", "delegates", "participants", "co_hosts", "host__names")
    return Event.objects.public().select_related("host", "school_year").prefetch_related(*related)


def item_of(event: Event) -> Findable:
    """Return what search indexes of an event."""
    day = first_day(event)
    units = {event.host_id, *(unit.pk for unit in event.co_hosts.all())}
    groups = event.participants.all()
    lines = [
        event.summary,
        ", ".join(filter(None, (event.place_name, event.place_address))),
        ", ".join([name_on(event.host, day), *(unit.name for unit in event.co_hosts.all())]),
        *(f"{item.title} {item.note}" for item in event.programme.all()),
        *(f"{guest.name}, {guest.title}" for guest in event.delegates.all()),
        ", ".join(group.label for group in groups),
    ]
    return Findable(
        kind=KIND,
        pk=event.pk,
        moment=event.starts_at,
        title=event.title,
        text="\n".join(filter(None, map(str.strip, lines))),
        units=frozenset(units | {group.department_id for group in groups if group.department_id}),
        school_year=event.school_year.first_year if event.school_year else school_year_on(day),
    )

"""Tell the units of an event at once when it is cancelled, postponed, moved or withdrawn."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.engine import Attempt
from departments.models import Department, Position
from events.enums import Occurrence
from events.models import Event
from events.timing import date_words, hour_words
from records.notices import Said, tell_people

# Units are told when one of these fields changes.
PLANS = {"starts_at", "ends_at", "all_day", "place_name", "place_address", "online_url"} | {
    "occurrence",
    "occurrence_note",
}
HEADINGS = {
    Occurrence.AS_PLANNED: "Sự kiện đổi giờ hoặc nơi",
    Occurrence.RESCHEDULED: "Sự kiện đã dời lịch",
    Occurrence.POSTPONED: "Sự kiện tạm hoãn",
    Occurrence.CANCELLED: "Sự kiện đã hủy",
}
# Those responsible for a unit's part in it, and those who write about it; not the units above.
ROLES = (Role.HEAD, Role.DEPUTY, Role.COLLABORATOR)


@dataclass(frozen=True)
class PlansChanged:
    """What is told of a public event, by whom, and who was told already."""

    event: Event
    actor: Any
    said: Said
    told: Set[User]


type Follower = Callable[[PlansChanged], None]
_FOLLOWERS: list[Follower] = []


def declare_follower(follower: Follower) -> Follower:
    """Let a room above tell more people; called in the transaction that changes or withdraws the event."""
    _FOLLOWERS.append(follower)
    return follower


def plans_changed(event: Event, actor: Any) -> None:
    """Tell everybody of its units, except the actor, that a public event has changed its plans."""
    said = f"{event.occurrence_note.rstrip('.')}. " if event.occurrence_note else ""
    if event.occurrence != Occurrence.CANCELLED:
        label = "Lịch cũ" if event.occurrence == Occurrence.POSTPONED else "Lịch"
        place = event.place_name or event.online_url
        said += f"{label}: {hour_words(event)}, {date_words(event)}; {place}. "
    _tell_units(event, actor, Said("event_changed", HEADINGS[Occurrence(event.occurrence)], said))


def taken_down(attempt: Attempt) -> None:
    """Tell everybody of its units that the event was withdrawn."""
    event = Event.objects.get(pk=attempt.record.pk)
    words = f"{attempt.by} gỡ khỏi trang công khai.{attempt.message} "
    _tell_units(event, attempt.actor, Said("event_withdrawn", "Sự kiện đã gỡ", words))


def put_back(attempt: Attempt) -> None:
    """Tell the same people that the withdrawal was a mistake."""
    event = Event.objects.get(pk=attempt.record.pk)
    words = f"{attempt.by} rút lại việc gỡ; sự kiện lại công khai như trước. "
    _tell_units(event, attempt.actor, Said("event_put_back", "Sự kiện lại công khai", words))


def _tell_units(event: Event, actor: Any, said: Said) -> None:
    """The notices are about the unit, so the inbox shows them only while people have a position there."""
    told: set[User] = set()
    for unit, part in _units(event).items():
        posts = Position.objects.on(timezone.localdate()).filter(department=unit, role__in=ROLES)
        people = User.objects.filter(person__positions__in=posts, is_active=True).exclude(pk=actor.pk)
        notice = {"about": event.title, "address": event.get_absolute_url(), "record": unit}
        why = said._replace(words=f"{said.words}Gửi thông báo này vì {unit} {part}.")
        told.update(people)
        tell_people(people.distinct(), why, notice, permission="departments.view_department", urgent=True)
    for follower in _FOLLOWERS:
        follower(PlansChanged(event, actor, said, told))


def _units(event: Event) -> dict[Department, str]:
    """Return each unit once with its part; the host is not told again as a guest."""
    rows = event.participants.exclude(department=None).select_related("department")
    found = dict.fromkeys((row.department for row in rows), "tham dự")
    found |= dict.fromkeys(event.co_hosts.all(), "phối hợp tổ chức")
    return found | {event.host: "chủ trì"}

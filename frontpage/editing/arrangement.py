"""The places of the front page as rows in memory, and how acts change them. No database.

Each place holds between two moments. An act for a future moment leaves what readers see before it as it is: a
place that holds already is parted in two there.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from frontpage.editing.acts import Act
from frontpage.enums import Slot

# From the lead a story moves on to the stories below, and back; the third list is on its own.
BELOW = {Slot.TOP: Slot.FOCUS}
ABOVE = {below: above for above, below in BELOW.items()}


class ActImpossible(Exception):
    """What the act is about is gone, or the act makes no sense; `str` says so to the editor."""


@dataclass(frozen=True)
class Place:
    """A story in a slot; `row` is the stored placement, None for one that is not stored yet."""

    key: str
    story: int
    slot: str
    position: int
    starts_at: datetime.datetime
    ends_at: datetime.datetime | None = None
    row: int | None = None

    def holds(self, at: datetime.datetime) -> bool:
        """Whether the place is in force at the moment."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


class Arrangement:
    """All places that are not long over."""

    def __init__(self, places: Iterable[Place], now: datetime.datetime):
        self.places = {place.key: place for place in places}
        self.now = now

    def order(self, slot: str, at: datetime.datetime) -> list[Place]:
        """Return the places of the slot in force at the moment, as `layout` orders them."""
        held = [place for place in self.places.values() if place.slot == slot and place.holds(at)]
        # New ones come before older ones of the same position and time, as a later row does.
        newest = max((place.row or 0 for place in held), default=0) + 1
        held.sort(key=lambda place: (place.starts_at, place.row or newest), reverse=True)
        return sorted(held, key=lambda place: place.position)

    def placed(self, at: datetime.datetime) -> dict[str, list[int]]:
        """Return the stories of each slot at the moment, in order: what `layout` reads from the database."""
        return {slot: [place.story for place in self.order(slot, at)] for slot in Slot}

    def do_act(self, act: Act) -> None:
        """Change the places as the act says. Raises ActImpossible and changes nothing."""
        at = self._moment(act)
        match act.kind:
            case "put":
                self._put(act, at)
            case "move":
                self._insert(self._held(act, at), act.slot, act.index, at, act.number)
            case "up" | "down":
                self._shift(self._held(act, at), -1 if act.kind == "up" else 1, at, act.number)
            case "remove":
                self._remove(self._known(act), at)
            case "time":
                self._set_time(self._known(act), act)

    def is_first(self, place: Place, at: datetime.datetime) -> bool:
        """Whether the place cannot go up."""
        return self.order(place.slot, at)[:1] == [place] and place.slot not in ABOVE

    def is_last(self, place: Place, at: datetime.datetime) -> bool:
        """Whether the place cannot go down."""
        return self.order(place.slot, at)[-1:] == [place] and place.slot not in BELOW

    def _moment(self, act: Act) -> datetime.datetime:
        return max(act.at or self.now, self.now)

    def _known(self, act: Act) -> Place:
        if act.place not in self.places:
            raise ActImpossible("bài ấy không còn ở trang chủ")
        return self.places[act.place]

    def _held(self, act: Act, at: datetime.datetime) -> Place:
        place = self._known(act)
        if not place.holds(at):
            raise ActImpossible("bài ấy không còn ở trang chủ lúc ấy")
        return place

    def _put(self, act: Act, at: datetime.datetime) -> None:
        used = [p for slot in Slot for p in self.order(slot, at) if p.story == act.story]
        place = used[0] if used else Place(f"n{act.number}", act.story, act.slot, 0, at)
        self._insert(place, act.slot, act.index, at, act.number)

    def _insert(self, place: Place, slot: str, index: int, at: datetime.datetime, number: int) -> None:
        """Put the place before the one that stands there; who stood at the head of the page steps down."""
        order = [one for one in self.order(slot, at) if one.key != place.key]
        ousted = order[0] if slot == Slot.TOP and index == 0 and order else None
        if ousted and place.slot == Slot.FOCUS and place.key in self.places:
            self._exchange(place, ousted, at, number)
            return
        order.insert(min(index, len(order)), place)
        self._renumber(order, slot, at, number)
        if ousted:
            below = BELOW[Slot.TOP]
            self._insert(self._today(ousted.key, number), below, 0, at, number)

    def _today(self, key: str, number: int) -> Place:
        """Return the place, or the part of it that begins at the act's moment."""
        return self.places.get(f"{key}.{number}") or self.places[key]

    def _shift(self, place: Place, step: int, at: datetime.datetime, number: int) -> None:
        order = self.order(place.slot, at)
        index = [one.key for one in order].index(place.key)
        beyond = (ABOVE if step < 0 else BELOW).get(Slot(place.slot))
        if beyond and (step > 0 or index == 0):
            others = self.order(beyond, at)
            if others:
                self._exchange(place, others[0], at, number)
            else:
                self._renumber([place], beyond, at, number)
        elif 0 <= index + step < len(order):
            order.insert(index + step, order.pop(index))
            self._renumber(order, place.slot, at, number)
        else:
            raise ActImpossible("bài đã ở đầu hoặc cuối danh sách")

    def _exchange(self, one: Place, other: Place, at: datetime.datetime, number: int) -> None:
        orders = {place.slot: self.order(place.slot, at) for place in (one, other)}
        keys = {slot: [place.key for place in order] for slot, order in orders.items()}
        here, there = keys[one.slot].index(one.key), keys[other.slot].index(other.key)
        orders[one.slot][here], orders[other.slot][there] = other, one
        for slot, order in orders.items():
            self._renumber(order, slot, at, number)

    def _renumber(self, order: list[Place], slot: str, at: datetime.datetime, number: int) -> None:
        for position, place in enumerate(order, 1):
            if (place.slot, place.position) != (slot, position) or place.key not in self.places:
                self._keep(self._from(place, at, number), slot=slot, position=position)

    def _from(self, place: Place, at: datetime.datetime, number: int) -> Place:
        """Return the place as of the moment; one that holds already is ended there and goes on as another."""
        if at <= self.now or place.starts_at >= at:
            return place
        self._keep(place, ends_at=at)
        return replace(place, key=f"{place.key}.{number}", row=None, starts_at=at)

    def _keep(self, place: Place, **changed: object) -> None:
        self.places[place.key] = replace(place, **changed)  # type: ignore[arg-type]

    def _remove(self, place: Place, at: datetime.datetime) -> None:
        if place.ends_at and self.now < place.ends_at <= at:
            raise ActImpossible("bài ấy thôi hiện trước lúc ấy rồi")
        if at > self.now and place.starts_at < at and (place.ends_at is None or place.ends_at > at):
            self._keep(place, ends_at=at)
        else:
            del self.places[place.key]

    def _set_time(self, place: Place, act: Act) -> None:
        since = act.since or place.starts_at
        if act.until and act.until <= since:
            raise ActImpossible("giờ kết thúc phải sau giờ bắt đầu")
        self._keep(place, starts_at=since, ends_at=act.until)

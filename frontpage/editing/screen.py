"""What the editor's screen shows of an arrangement at one moment."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import timezone

from articles.office import coming
from frontpage.editing.arrangement import Arrangement, Place
from frontpage.editing.moments import write_moment
from frontpage.editing.stories import GONE, Story, stories_by_id
from frontpage.enums import CAPACITY, FILLED, Slot
from frontpage.layout import stories_in_slots

SOON = datetime.timedelta(days=1)
OVER_SHOWN = 3  # places of one slot that are over
LONGER = datetime.timedelta(days=7)
ALONE = {
    Slot.TOP: "Chưa có bài nào để lên đây.",
    Slot.FOCUS: "Chưa có bài nào để lên đây.",
    Slot.DONT_MISS: "Mục Đừng bỏ lỡ chỉ hiện bài do bạn xếp; ô trống thì không hiện.",
}


class Card(NamedTuple):
    """One place as the screen shows it; `state` is shown, due, gone or full."""

    place: Place
    story: Story
    name: str
    where: str  # the word for “put it here”: slot:index
    state: str
    when: str
    is_soon: bool
    since: str
    until: str
    is_first: bool
    is_last: bool
    is_chosen: bool
    trouble: str = ""  # why the times that were typed cannot be


class Empty(NamedTuple):
    """A place nobody chose a story for, and what readers get there."""

    name: str
    where: str
    instead: Story | None
    words: str
    is_chosen: bool


@dataclass
class Section:
    """One slot of the page."""

    slot: str
    title: str
    cards: list[Card] = field(default_factory=list)
    empty: list[Empty] = field(default_factory=list)
    over: list[Card] = field(default_factory=list)
    ahead: list[Card] = field(default_factory=list)

    @property
    def summary(self) -> str:
        seen = sum(card.state == "shown" for card in self.cards)
        return f"{CAPACITY[self.slot]} ô, đã xếp {seen}"


class Screen:
    """The sections of the page at a moment, and which story stands where."""

    def __init__(
        self,
        arrangement: Arrangement,
        at: datetime.datetime,
        chosen: str,
        refused: Mapping[str, tuple[str, str, str]],
    ):
        self.arrangement, self.at, self._refused = arrangement, at, refused
        self.stories = stories_by_id({place.story for place in arrangement.places.values()})
        self._seen = stories_in_slots(arrangement.placed(at), coming.pages_by(at), coming.gone_by(at))
        self.chosen = self._chosen(chosen)
        self.sections = [self._section(slot) for slot in Slot]

    @property
    def chosen_name(self) -> str:
        """How the chosen place is called in a sentence: “Tin chính”, “ô 3”."""
        slot, index = read_where(self.chosen)
        return spoken_place(slot, index)

    @property
    def used(self) -> Mapping[int, str]:
        """Where each placed story stands at the moment, by id."""
        cards = [card for section in self.sections for card in section.cards]
        return {card.place.story: spoken_place(*read_where(card.where)) for card in cards}

    def story(self, pk: int) -> Story:
        return self.stories.get(pk, GONE)

    def _chosen(self, asked: str) -> str:
        """Return the asked place, or the first empty one of the page."""
        if (read := read_where(asked)) and read[0]:
            return asked
        for slot in (Slot.FOCUS, Slot.DONT_MISS):
            taken = len(self.arrangement.order(slot, self.at))
            if taken < CAPACITY[slot]:
                return f"{slot}:{taken}"
        return f"{Slot.FOCUS}:0"

    def _section(self, slot: Slot) -> Section:
        section = Section(slot, slot.label)
        order = self.arrangement.order(slot, self.at)
        seen = [story.pk for story in self._seen[slot]]
        section.cards = [self._card(place, index, seen) for index, place in enumerate(order)]
        free = [pk for pk in seen if pk not in {place.story for place in order}]
        taken = len([card for card in section.cards if card.state in ("shown", "due")])
        for index in range(taken, CAPACITY[slot]):
            where = f"{slot}:{index}"
            instead = self._instead(slot, free[index - taken]) if index - taken < len(free) else None
            words = "Lúc này bài mới nhất tự lên thay:" if instead else ALONE[slot]
            section.empty.append(Empty(place_name(slot, index), where, instead, words, where == self.chosen))
        self._add_others(section, {place.story for place in order})
        return section

    def _instead(self, slot: Slot, pk: int) -> Story | None:
        if slot not in FILLED:
            return None
        page = next(page for page in self._seen[slot] if page.pk == pk)
        return Story(page.pk, page.title, page.lead, page.section_name, page.department_name, page.photo)

    def _add_others(self, section: Section, placed: set[int]) -> None:
        rows = [place for place in self.arrangement.places.values() if place.slot == section.slot]
        over = [p for p in rows if p.ends_at and p.ends_at <= self.at and p.story not in placed]
        over.sort(key=lambda place: place.ends_at or self.at, reverse=True)
        told = {place.story: place for place in reversed(over)}  # of one story the last time
        last = sorted(told.values(), key=lambda place: place.ends_at or self.at, reverse=True)
        section.over = [self._card(place, 0, []) for place in last[:OVER_SHOWN]]
        ahead = sorted((p for p in rows if p.starts_at > self.at), key=lambda place: place.starts_at)
        section.ahead = [self._card(place, 0, []) for place in ahead]

    def _card(self, place: Place, index: int, seen: list[int]) -> Card:
        where = f"{place.slot}:{index}"
        is_here = place.holds(self.at)
        stored = (write_moment(place.starts_at), write_moment(place.ends_at) if place.ends_at else "")
        trouble, since, until = self._refused.get(place.key, ("", *stored))
        return Card(
            place,
            self.story(place.story),
            place_name(place.slot, index),
            where,
            self._state(place, seen),
            when_words(place, self.at, self.arrangement.now),
            place.starts_at > self.arrangement.now or bool(place.ends_at and place.ends_at - self.at < SOON),
            since,
            until,
            is_here and self.arrangement.is_first(place, self.at),
            is_here and self.arrangement.is_last(place, self.at),
            where == self.chosen,
            trouble,
        )

    def _state(self, place: Place, seen: list[int]) -> str:
        story = self.story(place.story)
        if place.story in seen:
            return "shown"
        if story.due_at and story.due_at > self.at:
            return "due"
        return "full" if story.is_live or story.due_at else "gone"


def read_where(typed: str) -> tuple[str, int]:
    """Return slot and index of “focus:2”; an empty slot if it names none."""
    slot, _colon, index = typed.partition(":")
    if slot in Slot.values and index.isdecimal() and len(index) < 3:
        return slot, int(index)
    return "", 0


def place_name(slot: str, index: int) -> str:
    """Return the heading of a place: “Tin chính”, “Ô 3”, “Bài 2”."""
    if slot == Slot.TOP:
        return Slot.TOP.label
    return f"Ô {index + 1}" if slot == Slot.FOCUS else f"Bài {index + 1}"


def spoken_place(slot: str, index: int) -> str:
    """Return the place in a sentence: “Tin chính”, “ô 3”, “Đừng bỏ lỡ, bài 2”."""
    if slot == Slot.TOP:
        return Slot.TOP.label
    return f"ô {index + 1}" if slot == Slot.FOCUS else f"{Slot.DONT_MISS.label}, bài {index + 1}"


def when_words(place: Place, at: datetime.datetime, now: datetime.datetime) -> str:
    """Return from when to when: “Từ 05:30 20/11 đến 06:00 22/11”, “Đến 08:00 20/11, còn 2 giờ”."""
    since = f"Từ {short(place.starts_at)}" if place.starts_at > now else ""
    if not place.ends_at:
        return since or "Không đặt hạn"
    left = place.ends_at - at
    rest = f", còn {hours}\u00a0giờ" if 0 < (hours := round(left.total_seconds() / 3600)) < 24 else ""
    until = f"đến {short(place.ends_at)}"
    return f"{since} {until}" if since else f"{until[0].upper()}{until[1:]}{rest}"


def short(moment: datetime.datetime) -> str:
    """Return “05:30 20/11”; the year too if it is another."""
    local = timezone.localtime(moment)
    year = "" if local.year == timezone.localdate().year else f"/{local.year}"
    return f"{local:%H:%M} {local:%d/%m}{year}"


def told(act: Any, arrangement: Arrangement, story: Story, before: Place | None) -> str:
    """Return the act in words, as the arrangement is after it."""
    title = f"“{story.title}”"
    if act.kind == "remove":
        return f"gỡ {title} khỏi {Slot(before.slot).label}" if before else f"gỡ {title}"
    at = max(act.at or arrangement.now, arrangement.now)
    since = f", từ {short(act.at)}" if act.at else ""
    if act.kind == "time":
        until = f" đến {short(act.until)}" if act.until else ", không đặt hạn"
        return f"đổi thời gian của {title}: từ {short(act.since)}{until}"
    for slot in Slot:
        stories = [place.story for place in arrangement.order(slot, at)]
        if story.pk in stories:
            verb = "đặt" if act.kind == "put" else "đưa"
            return f"{verb} {title} vào {spoken_place(slot, stories.index(story.pk))}{since}"
    return f"đặt {title}{since}"

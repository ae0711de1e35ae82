"""Which story is in which place of the front page at a moment.

All parts are cached and read again when they change: after a new story, the newest stories and those of its
section. A story appears once; places without a choice are filled by time; the template leaves out an empty
block.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils import timezone

from articles.models import PublishedArticle, Section
from articles.models.published import section_address
from articles.public.newest import READ, newest_of_section, stories_of
from departments.public.doors import TAG
from foundation.pagestore.parts import part
from frontpage import boxes
from frontpage.cards import top_card
from frontpage.enums import CAPACITY, FILLED, Slot
from frontpage.models import Placement

NEWEST, BLOCK = 6, 4


def assemble_now() -> dict[str, Any]:
    """Return the context of the page as of now, from cached parts."""
    now = timezone.now()
    placed = part("placements", ["placements"], lambda: _placed(now))
    return _assemble(placed, part("upcoming", ["events"], lambda: boxes.upcoming(now)))


def assemble(
    now: datetime.datetime, coming: Iterable[PublishedArticle] = (), gone: Iterable[int] = ()
) -> dict[str, Any]:
    """Return the context of templates/frontpage/home.html as of `now`.

    For a moment in the future, `coming` are the stories that will be public by then, newest first, and `gone`
    the primary keys of those that will be withdrawn.
    """
    return assemble_placed(_placed(now), now, coming, gone)


def assemble_placed(
    placed: dict[str, list[int]],
    now: datetime.datetime,
    coming: Iterable[PublishedArticle] = (),
    gone: Iterable[int] = (),
) -> dict[str, Any]:
    """Return the context as of `now` with these stories placed, by slot and in order, stored or not."""
    return _assemble(placed, boxes.upcoming(now), coming, gone)


def stories_in_slots(
    placed: dict[str, list[int]], coming: Iterable[PublishedArticle] = (), gone: Iterable[int] = ()
) -> dict[str, list[PublishedArticle]]:
    """Return what readers see in each slot if these stories are placed; the newest ones where none is."""
    return _fill(_Page(placed, [section["pk"] for section in _shown_sections()], coming, gone))[0]


def _assemble(
    placed: dict[str, list[int]],
    upcoming: list[dict[str, Any]],
    coming: Iterable[PublishedArticle] = (),
    gone: Iterable[int] = (),
) -> dict[str, Any]:
    sections = _shown_sections()
    page = _Page(placed, [section["pk"] for section in sections], coming, gone)
    slots, newest = _fill(page)
    return {
        "top": next(map(top_card, slots[Slot.TOP]), None),
        "newest": newest,
        "newest_url": reverse("articles:story_list") if newest else "",
        "focus": slots[Slot.FOCUS],
        "dont_miss": slots[Slot.DONT_MISS],
        "section_blocks": [block for section in sections if (block := _block(section, page))],
        "upcoming": upcoming,
        "honours": part("honours", ["awards", TAG], boxes.honours),
        "documents": part("documents", ["documents"], boxes.documents),
    }


def _fill(page: "_Page") -> tuple[dict[str, list[PublishedArticle]], list[PublishedArticle]]:
    """Return the stories of each slot and the newest ones beside the lead, given out in the page's order."""
    slots: dict[str, list[PublishedArticle]] = {slot: page.chosen(slot) for slot in Slot}
    slots[Slot.TOP] = slots[Slot.TOP] or page.newest(1)
    newest = page.newest(NEWEST)
    for slot in FILLED:
        slots[slot] += page.newest(CAPACITY[slot] - len(slots[slot]))
    return slots, newest


def _shown_sections() -> list[dict[str, Any]]:
    return part("front sections", ["sections"], _sections)


def _sections() -> list[dict[str, Any]]:
    shown = Section.objects.filter(on_front_page=True).order_by("order", "name")
    return list(shown.values("pk", "name", "slug"))


class _Page:
    """The stories read for this page; each is given out once."""

    def __init__(
        self,
        placed: dict[str, list[int]],
        section_ids: list[int],
        coming: Iterable[PublishedArticle],
        gone: Iterable[int],
    ):
        self._placed = placed
        wanted = {pk for pks in placed.values() for pk in pks}
        chosen = stories_of(wanted)
        newest = part("front stories", ["stories", "sections", "events", "awards"], _newest)
        blocks = [story for pk in section_ids for story in newest_of_section(pk)]
        found = {story.pk: story for story in (*blocks, *newest, *chosen.values(), *coming)}
        rows = sorted(found.values(), key=attrgetter("published_at", "pk"), reverse=True)
        self._rows = {story.pk: story for story in rows if story.pk not in gone}
        # A story that the desk placed is reserved for its place, even if that is further down.
        self._free = [pk for pk in self._rows if pk not in wanted]
        self._given: set[int] = set()

    def chosen(self, slot: str) -> list[PublishedArticle]:
        """Return the live stories that the desk placed in the slot, at most as many as it has room for."""
        return self._give((pk for pk in self._placed.get(slot, ()) if pk in self._rows), CAPACITY[slot])

    def newest(self, count: int, section_id: int | None = None) -> list[PublishedArticle]:
        """Return the newest stories not given out yet, of one section if given."""
        pks = (pk for pk in self._free if section_id in (None, self._rows[pk].section_id))
        return self._give(pks, count)

    def _give(self, pks: Iterable[int], count: int) -> list[PublishedArticle]:
        given: list[int] = []
        for pk in pks:
            if len(given) == count:
                break
            if pk not in self._given:
                given.append(pk)
                self._given.add(pk)
        return [self._rows[pk] for pk in given]


def _placed(now: datetime.datetime) -> dict[str, list[int]]:
    found = defaultdict(list)
    rows = Placement.objects.at(now).order_by("position", "-starts_at", "-pk")
    for slot, pk in rows.values_list("slot", "article"):
        found[slot].append(pk)
    return dict(found)


def _newest() -> list[PublishedArticle]:
    return list(PublishedArticle.objects.live().top_cards().newest()[:READ])


def _block(section: dict[str, Any], page: _Page) -> dict[str, Any] | None:
    """Return the section's newest stories, led by the first that has a photo; None without stories."""
    stories = page.newest(BLOCK, section["pk"])
    if not stories:
        return None
    first = next((story for story in stories if story.photo), stories[0])
    rest = [story for story in stories if story is not first]
    return {"name": section["name"], "url": section_address(section["slug"]), "first": first, "rest": rest}

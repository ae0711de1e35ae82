"""The stories that an editor may place: public ones, and approved ones whose hour is still to come."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from articles.approval import schedule
from articles.enums import PublicState
from articles.models import PublishedArticle, Release
from articles.models.querysets import CARD
from foundation.language.vietnamese import fold

OFFERED, MORE = 8, 30
WAITING = 60  # releases looked through


@dataclass(frozen=True)
class Story:
    """What the screen shows of a story. `due_at` is when one that is not public yet will be."""

    pk: int
    title: str
    lead: str = ""
    section: str = ""
    unit: str = ""
    photo: Mapping[str, Any] | None = None
    published_at: datetime.datetime | None = None
    due_at: datetime.datetime | None = None
    is_live: bool = False


GONE = Story(0, "Bài không còn")


def stories_by_id(pks: Collection[int]) -> dict[int, Story]:
    """Return the stories with these ids; one that is neither public nor approved is left out."""
    pages = PublishedArticle.objects.known().filter(pk__in=pks).select_related("section")
    found = {page.pk: _of_page(page) for page in pages.only(*CARD, "state")}
    for release in schedule.waiting().filter(decision__revision__article__in=pks):
        story = _of_release(release)
        if story.pk not in found or not found[story.pk].is_live:
            found[story.pk] = story
    return found


def offered(words: str, is_more: bool) -> tuple[list[Story], bool]:
    """Return stories with the words, those to come first, then the newest; and whether there are more.

    Without words: the next releases and the newest stories.
    """
    limit = MORE if is_more else OFFERED
    live = PublishedArticle.objects.live()
    pages = list((live.containing(words) if words else live).newest().cards()[: limit + 1])
    shown = {page.pk for page in pages}
    waiting = [story for story in _waiting(words) if story.pk not in shown][: limit // 2]
    return [*waiting, *(_of_page(page, is_live=True) for page in pages[:limit])], len(pages) > limit


def _waiting(words: str) -> Iterable[Story]:
    asked = fold(words).split()
    releases = list(schedule.waiting()[:WAITING])
    ids = [release.decision.revision.article_id for release in releases]
    live = set(PublishedArticle.objects.live().filter(pk__in=ids).values_list("pk", flat=True))
    for release in releases:
        story = _of_release(release)
        if story.pk not in live and all(word in fold(story.title) for word in asked):
            yield story


def _of_page(page: PublishedArticle, is_live: bool | None = None) -> Story:
    return Story(
        page.pk,
        page.title,
        page.lead,
        page.section_name,
        page.department_name,
        page.photo,
        page.published_at,
        is_live=page.state == PublicState.LIVE if is_live is None else is_live,
    )


def _of_release(release: Release) -> Story:
    content = release.decision.revision.content
    section, unit = content["section"] or {}, content["department"]
    return Story(
        release.decision.revision.article_id,
        content["title"],
        content["lead"],
        section.get("name", ""),
        unit["name"],
        due_at=release.due_at,
    )

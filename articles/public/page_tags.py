"""Which tags a page with stories carries, and which of them a story's change drops."""

from collections.abc import Iterable
from typing import Any

from articles.models import PublishedArticle
from foundation.pagestore.purging import purge

SHARD = 5000  # stories in one part of the sitemap


def shard_of(pk: int) -> int:
    """The part of the sitemap in which a story stands for ever."""
    return pk // SHARD


def of_story(page: PublishedArticle, context: dict[str, Any]) -> set[str]:
    """What a story's own page shows: itself, the stories beside it, the desk's picks, its records.

    A story that becomes newest of the section joins the related list with the next day's page; one
    that is withdrawn leaves at once. A record that is not public now may be tomorrow: its room counts.
    """
    beside = {story.pk for name in ("related", "focus", "dont_miss") for story in context[name]}
    tags = {"placements", "sections", "units", *(f"article:{pk}" for pk in {page.pk, *beside})}
    if page.event_id:
        tags.add("events")
    if page.commendation_decision_id:
        tags.add("awards")
    return tags


def of_list(context: dict[str, Any], *names: str) -> set[str]:
    """A list by time: its names for what joins it, its stories for what they say."""
    return {*names, "sections", *(f"article:{story.pk}" for story in context["stories"])}


def purge_story(page: PublishedArticle, *, is_urgent: bool = False) -> None:
    """Drop every page on which this published row stands or stood: its own, lists, feeds, its records'.

    `is_urgent` for what readers may read no longer.
    """
    purge(f"article:{page.pk}", *_beside(page), is_urgent=is_urgent)


def purge_around(pages: Iterable[PublishedArticle]) -> None:
    """Drop the lists, feeds and records' pages that these stories join; nobody has read them yet."""
    purge(*set().union(*map(_beside, pages)))


def _beside(page: PublishedArticle) -> set[str]:
    tags = {"stories", f"section:{page.section_id}", f"unit:{page.department_id}"}
    tags |= {f"sitemap:{shard_of(page.pk)}", *(f"tag:{slug}" for _name, slug in page.tag_names)}
    tags |= {f"event:{page.event_id}"} if page.event_id else set()
    return tags | ({f"decision:{page.commendation_decision_id}"} if page.commendation_decision_id else set())

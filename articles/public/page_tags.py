"""Cache tags of pages that show stories, and the tags that a story's change purges."""

from collections.abc import Iterable
from typing import Any

from articles.models import PublishedArticle
from departments.public import doors
from foundation.pagestore.purging import purge

SHARD = 5000  # stories in one part of the sitemap


def shard_of(pk: int) -> int:
    """Returns the number of the sitemap part that contains a story; it never changes."""
    return pk // SHARD


def of_story(page: PublishedArticle, context: dict[str, Any]) -> set[str]:
    """Returns the tags of a story's own page: itself, the stories beside it, the desk's picks, its records.

    A new story of the section joins the related list when the page is redrawn the next day; a withdrawn one
    leaves at once. A linked record that is not public now may become public, so its room's tag is included.
    """
    beside = {story.pk for name in ("related", "focus", "dont_miss") for story in context[name]}
    tags = {"placements", "sections", "units", *(f"article:{pk}" for pk in {page.pk, *beside})}
    if page.event_id:
        tags.add("events")
    if page.commendation_decision_id:
        tags.add("awards")
    return tags


def of_list(context: dict[str, Any], *names: str) -> set[str]:
    """Returns the tags of a list by time: `names` for stories that join it, its stories for
    what they show.
    """
    return {*names, "sections", doors.TAG, *(f"article:{story.pk}" for story in context["stories"])}


def purge_story(page: PublishedArticle, *, is_urgent: bool = False) -> None:
    """Purge every page that shows or showed this row: its own, lists, feeds, its records' pages.

    Set `is_urgent` when readers may no longer see the row.
    """
    purge(f"article:{page.pk}", *_beside(page), is_urgent=is_urgent)


def purge_around(pages: Iterable[PublishedArticle]) -> None:
    """Purge the lists, feeds and records' pages that these new stories join; they have no page of their own
    yet.
    """
    purge(*set().union(*map(_beside, pages)))


def _beside(page: PublishedArticle) -> set[str]:
    tags = {"stories", f"section:{page.section_id}", f"unit:{page.department_id}"}
    tags |= {f"sitemap:{shard_of(page.pk)}", *(f"tag:{slug}" for _name, slug in page.tag_names)}
    tags |= {f"event:{page.event_id}"} if page.event_id else set()
    return tags | ({f"decision:{page.commendation_decision_id}"} if page.commendation_decision_id else set())

"""Stories that many pages show beside others: loaded as cards, cached until one of them changes."""

from collections.abc import Iterable

from articles.models import PublishedArticle
from foundation.pagestore.parts import part

# Enough for the front page to show each story only once and still fill every block.
READ = 18


def newest_of_section(pk: int) -> list[PublishedArticle]:
    """Returns the newest READ stories of a section, as cards. Cached."""
    live = PublishedArticle.objects.live().filter(section=pk)
    tags = [f"section:{pk}", "sections"]
    return part(f"newest of section {pk}", tags, lambda: list(live.newest().cards()[:READ]))


def newest_of_event(pk: int) -> list[PublishedArticle]:
    """Returns the newest READ stories about an event, as cards. Cached."""
    live = PublishedArticle.objects.live().filter(event=pk)
    tags = [f"event:{pk}", "sections"]
    return part(f"newest of event {pk}", tags, lambda: list(live.newest().cards()[:READ]))


def stories_of(pks: Iterable[int]) -> dict[int, PublishedArticle]:
    """Returns those of these stories that readers may see, by id, as `top_cards`. Cached."""
    wanted = sorted(set(pks))
    live = PublishedArticle.objects.live().filter(pk__in=wanted)
    tags = [*(f"article:{pk}" for pk in wanted), "sections", "events", "awards"]
    return part(f"stories {wanted}", tags, lambda: live.top_cards().in_bulk())

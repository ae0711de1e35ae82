"""Stories that many pages show beside others: read as cards, remembered until one of them changes."""

from collections.abc import Iterable

from articles.models import PublishedArticle
from foundation.pagestore.parts import part

# So many are read that the front page can give each story one place and still fill every block.
READ = 18


def newest_of_section(pk: int) -> list[PublishedArticle]:
    live = PublishedArticle.objects.live().filter(section=pk)
    tags = [f"section:{pk}", "sections"]
    return part(f"newest of section {pk}", tags, lambda: list(live.newest().cards()[:READ]))


def newest_of_event(pk: int) -> list[PublishedArticle]:
    live = PublishedArticle.objects.live().filter(event=pk)
    tags = [f"event:{pk}", "sections"]
    return part(f"newest of event {pk}", tags, lambda: list(live.newest().cards()[:READ]))


def stories_of(pks: Iterable[int]) -> dict[int, PublishedArticle]:
    """Those of these stories that readers may see, by number, with the records a top story leads to."""
    wanted = sorted(set(pks))
    live = PublishedArticle.objects.live().filter(pk__in=wanted)
    tags = [*(f"article:{pk}" for pk in wanted), "sections", "events", "awards"]
    return part(f"stories {wanted}", tags, lambda: live.leading_cards().in_bulk())

"""A story as lists show it, read straight from the database's answer."""

import datetime
from typing import Any

from articles.models.published import section_address, story_address
from foundation.paging.rows import Row


class StoryCard(Row):
    """One row of `PublishedQuerySet.card_rows`; `prefix` leads from another table's rows to the story."""

    __slots__ = ()
    prefix = ""

    @property
    def card(self) -> dict[str, Any]:
        """What a drawn card says; asked for only where it is not remembered yet."""
        names = ("title", "lead", "source_mark", "department_name", "section_name", "published_at", "photo")
        return {name: getattr(self, name) for name in (*names, "url", "section_url")}

    @property
    def pk(self) -> int:
        return self[f"{self.prefix}pk"]

    @property
    def title(self) -> str:
        return self[f"{self.prefix}title"]

    @property
    def lead(self) -> str:
        return self[f"{self.prefix}lead"]

    @property
    def source_mark(self) -> str:
        return self[f"{self.prefix}source_mark"]

    @property
    def department_name(self) -> str:
        return self[f"{self.prefix}department_name"]

    @property
    def published_at(self) -> datetime.datetime:
        return self[f"{self.prefix}published_at"]

    @property
    def photo(self) -> dict[str, Any] | None:
        return self[f"{self.prefix}card_photo"]

    @property
    def section_name(self) -> str:
        return self[f"{self.prefix}section__name"]

    @property
    def url(self) -> str:
        return story_address(self[f"{self.prefix}slug"], self.pk)

    @property
    def section_url(self) -> str:
        return section_address(self[f"{self.prefix}section__slug"])


class TagUseCard(StoryCard):
    """One row of `PublishedTagQuerySet.card_rows`: a use of a tag, with its story."""

    __slots__ = ()
    prefix = "content_object__"

    @property
    def content_object_id(self) -> int:
        return self.pk

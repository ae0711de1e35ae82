"""Feeds that one row cannot break: Django's classes raise on a control character anywhere in them."""

from typing import Any

from django.utils.feedgenerator import Rss201rev2Feed, SyndicationFeed

from foundation.language.written import writable_data


class WritableFeed(SyndicationFeed):
    """Leaves out of titles and items what no XML may contain; mixed in before a class of Django."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*writable_data(args, "feed"), **writable_data(kwargs, "feed"))

    def add_item(self, *args: Any, **kwargs: Any) -> None:
        link = str(kwargs.get("link", ""))
        super().add_item(*writable_data(args, link), **writable_data(kwargs, link))


class WritableRss(WritableFeed, Rss201rev2Feed):
    """RSS 2.0."""

"""Feeds with addresses of SITE_URL, and the RSS feed of the newest public documents."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import SyndicationFeed

from documents.files import CONTENT_TYPES
from documents.models import OfficialDocument
from foundation.exporting.feeds import WritableRss
from foundation.pagestore.keeping import keep_page

SHOWN = 30


class SiteFeed(Feed):
    """A feed whose links begin with SITE_URL, whatever host was requested: the page store keeps it."""

    language = "vi"
    feed_type = WritableRss

    def get_feed(self, obj: Any, request: HttpRequest) -> SyndicationFeed:
        request.get_host = lambda: settings.SITE_URL.split("//", 1)[1]
        request.is_secure = lambda: settings.SITE_URL.startswith("https:")
        self.feed_url = settings.SITE_URL + request.path
        return super().get_feed(obj, request)


class DocumentFeed(SiteFeed):
    """RSS of the newest public documents."""

    title = "Văn bản mới"
    description = "Công văn, kế hoạch, quyết định vừa công bố."
    link = reverse_lazy("documents:document_list")

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return keep_page(request, super().__call__(request, *args, **kwargs), "documents")

    def items(self) -> QuerySet[OfficialDocument]:
        return OfficialDocument.objects.public().order_by("-published_at", "-pk")[:SHOWN]

    def item_title(self, item: OfficialDocument) -> str:
        return f"{item.number}: {item.summary}"

    def item_description(self, item: OfficialDocument) -> str:
        return item.gist or item.summary

    def item_enclosure_url(self, item: OfficialDocument) -> str | None:
        """Return the address of the file; None if the register has no file."""
        address = reverse("documents:document_file", args=[item.slug])
        return settings.SITE_URL + address if item.file else None

    def item_enclosure_length(self, item: OfficialDocument) -> int:
        return item.file_size

    def item_enclosure_mime_type(self, item: OfficialDocument) -> str:
        return CONTENT_TYPES[item.file_type]

    def item_pubdate(self, item: OfficialDocument) -> datetime.datetime:
        return item.published_at or timezone.now()

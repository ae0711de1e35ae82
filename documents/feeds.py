"""The newest public documents as RSS."""

import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from documents.models import OfficialDocument
from pagestore.keeping import keep

SHOWN = 30


class DocumentFeed(Feed):
    title = "Văn bản mới"
    description = "Công văn, kế hoạch, quyết định vừa công bố."
    link = reverse_lazy("documents:document_list")
    language = "vi"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return keep(request, super().__call__(request, *args, **kwargs), "documents")

    def feed_url(self) -> str:
        return reverse("documents:document_feed")

    def items(self) -> QuerySet[OfficialDocument]:
        return OfficialDocument.objects.public().order_by("-published_at", "-pk")[:SHOWN]

    def item_title(self, item: OfficialDocument) -> str:
        return f"{item.number}: {item.summary}"

    def item_description(self, item: OfficialDocument) -> str:
        return item.gist or item.summary

    def item_pubdate(self, item: OfficialDocument) -> datetime.datetime:
        return item.published_at or timezone.now()

"""Feeds of published stories."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed

from articles.models import PublishedArticle, Section
from articles.querysets import PublishedQuerySet
from pagestore.keeping import keep

LIMIT = 30


class NewestFeed(Feed):
    """The newest stories of the whole site."""

    title = "Giáo dục Đắk Lắk"
    link = "/"
    description = "Tin mới của ngành giáo dục Đắk Lắk."
    language = "vi"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return keep(request, super().__call__(request, *args, **kwargs), "stories", "sections")

    def get_feed(self, obj, request):
        request.get_host = lambda: settings.SITE_URL.split("//", 1)[1]
        return super().get_feed(obj, request)

    def items(self, obj: Section | None = None) -> PublishedQuerySet:
        return PublishedArticle.objects.live().newest().cards()[:LIMIT]

    def item_title(self, item: PublishedArticle) -> str:
        return item.title

    def item_description(self, item: PublishedArticle) -> str:
        return item.lead

    def item_pubdate(self, item: PublishedArticle) -> datetime.datetime:
        return item.published_at

    def item_updateddate(self, item: PublishedArticle) -> datetime.datetime:
        return item.updated_at


class NewestAtomFeed(NewestFeed):
    feed_type = Atom1Feed
    subtitle = NewestFeed.description


class SectionFeed(NewestFeed):
    """The newest stories of one section."""

    def get_object(self, request: HttpRequest, slug: str) -> Section:
        return get_object_or_404(Section, slug=slug)

    def title(self, obj: Section) -> str:
        return f"{obj.name} – Giáo dục Đắk Lắk"

    def link(self, obj: Section) -> str:
        return obj.get_absolute_url()

    def items(self, obj: Section) -> PublishedQuerySet:
        return PublishedArticle.objects.live().filter(section=obj).newest().cards()[:LIMIT]

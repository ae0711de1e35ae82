"""Who sees which story: staff their working copies, readers the live pages."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from articles.enums import PublicState, Status
from departments.access import own_departments, scope
from foundation.language.vietnamese import fold
from foundation.search.asking import read_question
from foundation.search.enums import Kind
from foundation.search.finding import pks

# Columns that a card shows, and those that lists group stories by.
CARD = (
    "slug",
    "title",
    "lead",
    "source_mark",
    "section__name",
    "section__slug",
    "department_name",
    "published_at",
    "card_photo",
    "department",
    "event",
)
MOST_FOUND = 500  # for the newsroom's own lists; the readers' search is paged


class ArticleQuerySet(models.QuerySet):
    """Working copies, by who may see them."""

    def visible_to(self, user: Any) -> Self:
        """Working copies that this person may open, without those in the bin.

        All stories of their own unit; of units below, only stories that were submitted at least once. An
        auditor reads everything in scope, a superuser everything.
        """
        return self.filter(binned_at=None)._within_reach(user)

    def unfinished(self) -> Self:
        """Working copies with something still to be done or decided. Their index needs these very words."""
        return self.exclude(status=Status.APPROVED)

    def in_bin_of(self, user: Any) -> Self:
        """Binned working copies that this person may open, last binned first."""
        return self.filter(binned_at__isnull=False)._within_reach(user).order_by("-binned_at", "-pk")

    def _within_reach(self, user: Any) -> Self:
        if user.is_superuser:
            return self
        reach = Q(department__in=scope(user, "articles.view_article"))
        if not user.has_perm("articles.audit_article"):
            own = Q(department__in=own_departments(user)) | Q(created_by=user)
            reach &= own | Q(submitted_at__isnull=False)
        return self.filter(reach)

    def search(self, words: str) -> Self:
        """Stories whose title contains every word, ignoring accents."""
        return self.filter(*(Q(search_key__contains=word) for word in fold(words).split()))


class PublishedQuerySet(models.QuerySet):
    """Public pages, by what readers see."""

    def live(self) -> Self:
        """Pages that readers may see. Every public page, feed and list uses this filter."""
        return self.filter(state=PublicState.LIVE)

    def known(self) -> Self:
        """Pages whose address answers readers: live, ended, withdrawn or under urgent withdrawal."""
        return self.exclude(state=PublicState.TAKEN_BACK)

    def visible_to(self, user: Any) -> Self:
        """Pages that this person finds in the office: what readers see, and all of their own units'.

        The title of another unit's page that was withdrawn or taken back is nobody's business.
        """
        if user.is_superuser:
            return self
        own = Q(department__in=scope(user, "articles.view_publishedarticle"))
        return self.filter(own | Q(state__in=(PublicState.LIVE, PublicState.ENDED)))

    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def containing(self, words: str) -> Self:
        """The newest MOST_FOUND stories that contain every word of the query, ignoring accents."""
        return self.filter(pk__in=pks(Kind.STORY, read_question(words), MOST_FOUND))

    def without_text(self) -> Self:
        """Defers the columns that only a story's own page shows."""
        return self.select_related("section").defer("body_html", "hero")

    def cards(self) -> Self:
        """Loads only CARD. Reading any other column makes one query for each row."""
        return self.select_related("section").only(*CARD)

    def top_cards(self) -> Self:
        """Cards for the top story, which also shows the status and link of its event and decision."""
        named = ("event", "commendation_decision")
        facts = [f"{record}__{name}" for record in named for name in ("slug", "status")]
        return self.select_related("section", *named).only(*CARD, *facts)


class PublishedTagQuerySet(models.QuerySet):
    """Uses of tags on public pages."""

    def on_live_pages(self) -> Self:
        """Uses of tags on pages that readers may see."""
        return self.filter(content_object__state=PublicState.LIVE, published_at__isnull=False)

    def cards(self) -> Self:
        """Also loads each use's story, with only the columns of a card."""
        story = "content_object"
        return self.select_related(f"{story}__section").only(
            "published_at", *(f"{story}__{name}" for name in CARD)
        )

"""Who sees which story: staff their working copies, readers what is live."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from articles.enums import PublicState
from departments.access import own_departments, scope
from foundation.language.vietnamese import fold
from foundation.search.asking import read_question
from foundation.search.enums import Kind
from foundation.search.finding import pks

# What a card says of a story, and what lists arrange stories by.
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
MOST_FOUND = 500  # for the newsroom's own lists; readers' search goes on page by page


class ArticleQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Working copies this person may open, without those in the bin.

        Own unit's work whole; of the units below, what has once been submitted: a first draft is its
        unit's own. Whoever audits reads everything in scope. A superuser sees all.
        """
        return self.filter(binned_at=None)._within_reach(user)

    def in_bin_of(self, user: Any) -> Self:
        """Binned working copies of the same reach."""
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
        """Whose titles hold every word, marks aside."""
        return self.filter(*(Q(search_key__contains=word) for word in fold(words).split()))


class PublishedQuerySet(models.QuerySet):
    def live(self) -> Self:
        """What readers may see: the one name every public page, feed and list uses."""
        return self.filter(state=PublicState.LIVE)

    def known(self) -> Self:
        """Those readers have met: live, ended or withdrawn, each answering at its address."""
        return self.exclude(state=PublicState.TAKEN_BACK)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def containing(self, words: str) -> Self:
        """The newest stories that hold every word of the query, accents aside."""
        return self.filter(pk__in=pks(Kind.STORY, read_question(words), MOST_FOUND))

    def without_text(self) -> Self:
        """All but what only a story's own page shows."""
        return self.select_related("section").defer("body_html", "hero")

    def cards(self) -> Self:
        """Only what a card and a list need: anything else would be asked row by row."""
        return self.select_related("section").only(*CARD)

    def leading_cards(self) -> Self:
        """Cards that may stand as the top story, which also says where its records are to be read."""
        named = ("event", "commendation_decision")
        facts = [f"{record}__{name}" for record in named for name in ("slug", "status")]
        return self.select_related("section", *named).only(*CARD, *facts)


class PublishedTagQuerySet(models.QuerySet):
    def on_live_pages(self) -> Self:
        """Uses of tags on what readers may see."""
        return self.filter(content_object__state=PublicState.LIVE, published_at__isnull=False)

    def cards(self) -> Self:
        """With the story of each use, of which only what a card needs."""
        story = "content_object"
        return self.select_related(f"{story}__section").only(
            "published_at", *(f"{story}__{name}" for name in CARD)
        )

"""Who sees which story: staff their working copies, readers what is live."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from articles.enums import PublicState, Status
from departments.access import own_departments, scope
from language.searching import search_words
from language.vietnamese import fold


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

    def under_decision_of(self, user: Any) -> Self:
        """What waits in the units this person decides for, longest first; whose turn it is, is said by
        `articles.holding`.
        """
        first = Q(status=Status.IN_REVIEW, department__in=scope(user, "articles.approve_article"))
        second = Q(status=Status.SECOND_READING, department__in=scope(user, "articles.second_read_article"))
        waiting = self.filter(first | second, binned_at=None)
        return waiting.order_by("submitted_at", "pk")

    def search(self, words: str) -> Self:
        return self.filter(search_key__contains=fold(words))


class PublishedQuerySet(models.QuerySet):
    def live(self) -> Self:
        """What readers may see: the one name every public page, feed and list uses."""
        return self.filter(state=PublicState.LIVE)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def before(self, published_at: datetime.datetime, pk: int) -> Self:
        """Stories after the given one in a newest-first list; costs the same on every page."""
        return self.filter(Q(published_at__lt=published_at) | Q(published_at=published_at, pk__lt=pk))

    def oldest(self) -> Self:
        return self.order_by("published_at", "pk")

    def after(self, published_at: datetime.datetime, pk: int) -> Self:
        """Stories before the given one in a newest-first list."""
        return self.filter(Q(published_at__gt=published_at) | Q(published_at=published_at, pk__gt=pk))

    def containing(self, words: str) -> Self:
        """Stories that hold every word of the query, accents aside."""
        found = self
        for word in search_words(words):
            found = found.filter(search_text__contains=word)
        return found

    def cards(self) -> Self:
        """Only what a card shows: a list does not read the bodies."""
        return self.select_related("section").defer("body_html", "search_text", "accented_text", "hero")

"""Who sees which story: staff their working copies, readers what is live."""

import datetime
from typing import Self

from django.db import models

from articles.enums import PublicState, Status


class ArticleQuerySet(models.QuerySet):
    def in_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)


class PublishedQuerySet(models.QuerySet):
    def live(self) -> Self:
        """What readers may see: the one name every public page, feed and list uses."""
        return self.filter(state=PublicState.LIVE)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def before(self, published_at: datetime.datetime, pk: int) -> Self:
        """Stories after the given one in a newest-first list; costs the same on every page."""
        return self.filter(
            models.Q(published_at__lt=published_at) | models.Q(published_at=published_at, pk__lt=pk)
        )

"""Proposes the works of a month from what readers were shown: the revision that is published."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from articles.enums import ArticleKind, BylineRole
from articles.models import PublishedArticle, Revision
from articles.text.body import plain_text
from departments.models import Person
from fees.enums import MonthStatus, Part
from fees.models import FeeMonth, Payee, Share, Work

PARTS = {
    BylineRole.TEXT: Part.AUTHOR,
    BylineRole.TEXT_AND_PHOTO: Part.AUTHOR,
    BylineRole.COMPILED: Part.AUTHOR,
    BylineRole.PHOTO: Part.PHOTOGRAPHER,
}  # whoever a story was taken from is not paid by us
_CENT = Decimal("0.01")


class MonthIsShut(Exception):
    """The month is prepared or further: its works do not change."""


@dataclass(frozen=True)
class Proposed:
    """How many works were added, and how many not fixed yet follow a newer revision."""

    added: int
    renewed: int


def touch_month(month: FeeMonth) -> None:
    """Raise the month's version, so that nobody prepares what they have not seen. Raises MonthIsShut."""
    rows = FeeMonth.objects.filter(pk=month.pk, status=MonthStatus.OPEN)
    if not rows.update(version=F("version") + 1):
        raise MonthIsShut


@transaction.atomic
def propose_works(month: FeeMonth) -> Proposed:
    """Add the stories of the month that no month has yet; renew the open ones. Raises MonthIsShut."""
    touch_month(month)
    pages = {page.pk: page for page in _pages(month)}
    known = {work.story_id: work for work in Work.objects.filter(story_id__in=pages)}
    added, renewed = [], []
    revisions = _revisions(pages).iterator(chunk_size=100)
    for revision in revisions:
        page, work = pages[revision.article_id], known.get(revision.article_id)
        if work is None:
            added.append((_fill(Work(month=month, story_id=page.pk), page, revision), revision))
        elif work.month_id == month.pk and not work.is_fixed and work.revision_id != revision.pk:
            renewed.append((_fill(work, page, revision), revision))
    payees = _payees(month, [revision for _, revision in (*added, *renewed)])
    for work, revision in (*added, *renewed):
        work.unknown_names = _unknown(revision, payees)
    Work.objects.bulk_create([work for work, _ in added], batch_size=200)
    Work.objects.bulk_update([work for work, _ in renewed], _COLUMNS, batch_size=200)
    Share.objects.filter(work__in=[work for work, _ in renewed]).delete()
    shares = [share for work, revision in (*added, *renewed) for share in _shares(work, revision, payees)]
    Share.objects.bulk_create(shares, batch_size=500)
    return Proposed(len(added), len(renewed))


def bounds_of(month: FeeMonth) -> tuple[datetime.datetime, datetime.datetime]:
    """Return the first moment of the month and of the next."""
    first = month.first_day
    following = (first + datetime.timedelta(days=32)).replace(day=1)
    begin, end = (datetime.datetime.combine(day, datetime.time()) for day in (first, following))
    return timezone.make_aware(begin), timezone.make_aware(end)


def equal_percents(count: int) -> list[Decimal]:
    """Return equal percentages that are 100 together; the first gets what is left over."""
    if not count:
        return []
    each = (Decimal(100) / count).quantize(_CENT, rounding=ROUND_DOWN)
    return [100 - each * (count - 1), *[each] * (count - 1)]


def _pages(month: FeeMonth) -> QuerySet:
    """Return the live stories of the month, of whatever unit: who runs the site pays for what it shows.

    Communes manage most schools since 1/7/2025, so the paying unit is above few of those that write.
    """
    begin, end = bounds_of(month)
    rows = PublishedArticle.objects.live().filter(published_at__gte=begin, published_at__lt=end)
    return rows.without_text()


def _revisions(pages: Iterable[int]) -> QuerySet:
    """Return the revision that each page shows; stories of another site were paid by that site."""
    shown = PublishedArticle.objects.live().filter(pk=OuterRef("article_id")).values("revision_number")
    rows = Revision.objects.sent().filter(article__in=list(pages), number=Subquery(shown[:1]))
    return rows.order_by("article_id")


_COLUMNS = ["revision", "title", "kind", "unit_name", "address", "published_at", "word_count", "photo_count"]
_COLUMNS += ["unknown_names"]


def _fill(work: Work, page: PublishedArticle, revision: Revision) -> Work:
    work.revision = revision
    work.title = page.title
    work.kind = ArticleKind(page.kind).label
    work.unit_name = page.department_name
    work.address = page.get_absolute_url()
    work.published_at = page.published_at
    work.word_count = len(plain_text(revision.content["body"]).split())
    work.photo_count = len(revision.content["figures"])
    return work


def _bylines(revision: Revision) -> list[tuple[dict[str, Any], Part]]:
    rows = revision.content["bylines"]
    return [(row, PARTS[row["role"]]) for row in rows if row["role"] in PARTS]


def _payees(month: FeeMonth, revisions: list[Revision]) -> dict[int, Payee]:
    """Return the payees of everybody named, by person; whoever is none becomes one."""
    named = {row["person"] for one in revisions for row, _ in _bylines(one) if row.get("person")}
    known = Payee.objects.filter(payer=month.payer_id, person__in=named)
    missing = named - {payee.person_id for payee in known}
    units = {row["person"]: row["department_name"] for one in revisions for row, _ in _bylines(one)}
    for person in Person.objects.filter(pk__in=missing):
        Payee.objects.create(
            payer_id=month.payer_id, person=person, full_name=person.full_name, unit_name=units[person.pk]
        )
    return {payee.person_id: payee for payee in known.all()}


def _unknown(revision: Revision, payees: dict[int, Payee]) -> list[list[str]]:
    return [[row["name"], part.label] for row, part in _bylines(revision) if row.get("person") not in payees]


def _shares(work: Work, revision: Revision, payees: dict[int, Payee]) -> list[Share]:
    """Return equal shares of those whom the byline names; how they agreed is for the desk to say."""
    rows = _bylines(revision)
    who = dict.fromkeys((payees[row["person"]], part) for row, part in rows if row.get("person") in payees)
    percents = equal_percents(len(who))
    return [
        Share(work=work, payee=payee, part=part, percent=percent)
        for (payee, part), percent in zip(who, percents, strict=True)
    ]

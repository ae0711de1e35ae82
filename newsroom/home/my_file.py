"""“Hồ sơ của tôi”: what a person contributed and received, by school year. Shown to that person alone."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import ArticleByline, PublishedArticle
from awards.models import Commendation
from departments.models import Person
from fees.models import PayLine
from fees.switch import payer_now
from foundation.language.numbers import format_number
from foundation.language.school_years import school_year_display, school_year_on
from media.models import Photo
from training.models import Participant

MOST = 2000  # rows of each kind, newest first
STORIES, PHOTOS, COURSES, AWARDS, PAYMENTS = "bai", "anh", "tap-huan", "khen", "tien"
FEES = "nhuan-but"
HEADINGS = {
    STORIES: "Bài đã đăng",
    PHOTOS: "Ảnh trong kho",
    COURSES: "Hội nghị, tập huấn đã đăng ký",
    AWARDS: "Được khen",
    PAYMENTS: "Tiền thưởng",
    FEES: "Nhuận bút, thực nhận",
}


@dataclass(frozen=True)
class Line:
    """One thing: its day, what it is, what is beside it, where it stands on the site."""

    kind: str
    day: datetime.date
    words: str
    beside: str = ""
    address: str = ""
    amount: int = 0


@dataclass
class Year:
    """A school year of the file."""

    first: int
    lines: list[Line] = field(default_factory=list)

    @property
    def label(self) -> str:
        return school_year_display(self.first)

    @property
    def groups(self) -> list[tuple[str, list[Line], str]]:
        """Return (heading, lines, total) of each kind that has any, in the order of HEADINGS."""
        found = []
        for kind, heading in HEADINGS.items():
            lines = [line for line in self.lines if line.kind == kind]
            total = sum(line.amount for line in lines)
            if lines:
                found.append((heading, lines, format_number(total, unit="dong") if total else ""))
        return found


def years_of(user: Any) -> list[Year]:
    """Return the file of an account's person, newest year first; one query of each kind."""
    years: dict[int, Year] = {}
    lines = sorted(_lines(user), key=lambda line: line.day, reverse=True)
    for line in lines:
        first = school_year_on(line.day)
        years.setdefault(first, Year(first)).lines.append(line)
    return sorted(years.values(), key=lambda year: year.first, reverse=True)


def _lines(user: Any) -> Iterator[Line]:
    person = user.person
    if person is None:
        return
    yield from _stories(person)
    for photo in Photo.objects.filter(uploaded_by=user).order_by("-pk")[:MOST]:
        yield Line(PHOTOS, _day(photo.uploaded_at), photo.caption or photo.alt_text or str(photo))
    places = Participant.objects.filter(person=person, withdrawn_at=None, waiting_since=None)
    for place in places.select_related("enrolment__event").order_by("-pk")[:MOST]:
        event = place.enrolment.event
        yield Line(COURSES, _day(event.starts_at), event.title, place.unit_name)
    yield from _awards(person)
    yield from _fees(person)


def _stories(person: Person) -> Iterator[Line]:
    """Stories whose public byline names the person; the working copy's may be another by now."""
    own = ArticleByline.objects.filter(person=person).values("article")
    live = PublishedArticle.objects.live().filter(pk__in=own).order_by("-published_at")
    for story in live[:MOST]:
        if any(row.get("person") == person.pk for row in story.bylines):
            yield Line(STORIES, _day(story.published_at), story.title, address=story.get_absolute_url())


def _awards(person: Person) -> Iterator[Line]:
    rows = Commendation.objects.filter(person=person).exclude(published_at=None)
    for row in rows.select_related("decision", "award_kind", "refund").order_by("-pk")[:MOST]:
        decision, day = row.decision, row.decision.signed_on
        about = f"Quyết định {decision.number}, mã {row.verify_code}"
        if row.revoked_on:
            about += f"; đã hủy bỏ theo quyết định {row.revocation_number}, {row.revoked_on:%d/%m/%Y}"
        words = f"{row.award_kind}: {row.achievement or decision.summary}"
        yield Line(AWARDS, day, words, about, row.get_absolute_url())
        if row.reward_amount and not row.revoked_on:
            by = f"Theo quyết định {decision.number}"
            yield Line(PAYMENTS, day, row.written_reward, by, amount=row.reward_amount)


def _fees(person: Person) -> Iterator[Line]:
    """Approved fees; nothing while the site pays none."""
    if payer_now() is None:
        return
    rows = PayLine.objects.own(person.pk).select_related("sheet__month")
    for row in rows[:MOST]:
        titles = ", ".join(dict.fromkeys(work["title"] for work in row.works))
        words = f"{row.sheet.month}: {format_number(row.net, unit='dong')}"
        yield Line(FEES, row.sheet.paid_on, words, titles, reverse("admin:fee_own"), row.net)


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localdate(moment)


@never_cache
@require_safe
def my_file(request: HttpRequest) -> HttpResponse:
    """The file of who asks; no address names anybody else's."""
    if getattr(request.user, "person", None) is None:
        raise PermissionDenied
    context = admin.site.each_context(request) | {
        "title": "Hồ sơ của tôi",
        "years": years_of(request.user),
        "person": request.user.person,
        "printed_at": timezone.now(),
    }
    return TemplateResponse(request, "admin/home/my_file.html", context)

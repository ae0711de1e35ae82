"""The public pages of events and their calendar files."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from departments.public.doors import TAG
from events.calendar import calendar_of, calendar_of_item
from events.listing import list_events
from events.models import Event, ProgrammeItem
from events.pages import LISTS, enrolling_of, event_context, lead_photo, list_context, stories_of
from events.share_card import card_of
from foundation.pagestore.keeping import keep_page
from foundation.pagestore.parts import part
from foundation.paging.keyset import KEYS
from foundation.paging.numbered import NUMBER, read_number
from foundation.sharecards.pictures import answer_share_picture
from identity.current import site_words
from media.presentation import public_file

# What an event's page shows besides stories.
ROOMS = ("events", "awards", "documents", "units")
CALENDAR_REACHES_BACK = datetime.timedelta(days=365)
CALENDAR_SIZE = 500


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Answer with the list of events."""
    asks = any(request.GET.get(name) for name in KEYS)
    first = None if asks else part("events ahead and newest", ["events"], lambda: _listed(QueryDict()))
    shown = first or _listed(request.GET)
    response = render(request, "events/event_list.html", shown)
    return keep_page(request, response, "events", "sections", query=shown["keys"])


def _listed(asked: QueryDict) -> dict[str, Any]:
    """Return the rendered list, whether it is a further page, and under which parameters it may be kept."""
    listing = list_events(asked, timezone.now())
    content = render_to_string("events/_list.html", {"listing": listing})
    return {"content": content, "is_further": not listing.page.is_first, "keys": listing.page.keys}


@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the page of an event."""
    context = part(f"event {slug}", ROOMS, lambda: _event_context(slug))
    event = context["event"]
    about = (f"event:{event.pk}", "sections")
    stories = part(f"stories of event {event.pk}", (*about, TAG), lambda: stories_of(event))
    enrolling = part(f"enrolling for event {event.pk}", about, lambda: enrolling_of(event))
    shown = context | {"stories": stories, "enrolling": enrolling}
    response = render(request, "events/event_detail.html", shown)
    return keep_page(request, response, ROOMS, about)


def _event_context(slug: str) -> dict[str, Any]:
    return event_context(_public_event(slug), timezone.now()) | {"crumbs": _crumbs()}


def _public_event(slug: str) -> Event:
    public = Event.objects.public().select_related("host").prefetch_related("host__names")
    return get_object_or_404(public, slug=slug)


def _crumbs() -> list[dict[str, str]]:
    return [{"label": "Sự kiện", "url": reverse("events:event_list")}]


@require_safe
def event_rows(request: HttpRequest, slug: str, part_slug: str) -> HttpResponse:
    """Answer with a page of one list of an event, such as its delegates."""
    name = next(name for name, one in LISTS.items() if one.slug == part_slug)
    number = read_number(request.GET)
    context = list_context(_public_event(slug), name, number)
    event = context["event"]
    crumbs = [*_crumbs(), {"label": event.title, "url": event.get_absolute_url()}]
    response = render(request, "events/event_rows.html", context | {"crumbs": crumbs})
    return keep_page(request, response, ROOMS, "sections", query=(NUMBER,))


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the calendar file of an event."""
    event = get_object_or_404(Event.objects.public(), slug=slug)
    file = _as_calendar(calendar_of([event], event.title), f"attachment; filename={event.slug}.ics")
    return keep_page(request, file, "events")


@require_safe
def item_calendar(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer with the calendar file of one item of a public event's programme."""
    items = ProgrammeItem.objects.filter(event__in=Event.objects.public(), event__slug=slug)
    item = get_object_or_404(items.select_related("event"), pk=pk)
    file = _as_calendar(calendar_of_item(item), f"attachment; filename={slug}-{item.pk}.ics")
    return keep_page(request, file, "events")


@require_safe
def event_picture(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer with the share picture of an event."""
    event = get_object_or_404(Event.objects.public(), slug=slug)
    card = card_of(event, lead_photo(event))
    return answer_share_picture(card, key, public_file)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Answer with all coming events and those of the last year, for calendars that subscribe."""
    since = timezone.now() - CALENDAR_REACHES_BACK
    events = Event.objects.public().filter(starts_at__gte=since).order_by("-starts_at", "-pk")[:CALENDAR_SIZE]
    file = _as_calendar(calendar_of(events, f"Sự kiện {site_words().sector}"), "inline; filename=su-kien.ics")
    return keep_page(request, file, "events")


def _as_calendar(content: bytes, disposition: str) -> HttpResponse:
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-cache"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)

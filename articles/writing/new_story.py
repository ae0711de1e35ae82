"""How a story begins: the start page, and first words from a kind or from a registered event."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from articles.enums import ArticleKind
from articles.models import Article, PublishedArticle, Section
from articles.text.guidance import starting_points
from articles.writing.board import last_edited
from awards.counting import counts, phrase
from awards.enums import RecipientKind
from awards.models import Decision
from departments.naming import short_name_on
from events.enums import EventKind, Occurrence
from events.models import Delegate, Event
from events.timing import attendance_phrase, counted, first_day, has_begun, last_day
from foundation.language.dates import format_date
from foundation.language.numbers import format_number
from foundation.paging.numbered import first_rows
from training.counting import crowd_words


def start_page(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """Kinds of story, recent events and the draft edited last. Raises PermissionDenied for who
    may not write.
    """
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    context = model_admin.admin_site.each_context(request) | {
        "title": "Viết bài",
        "opts": model_admin.opts,
        "kinds": starting_points(),
        "events": recent_events(request.user),
        "last_draft": last_edited(request.user),
    }
    return render(request, "admin/articles/article/start.html", context)


def go_on(model_admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    """Handles the form of a new story that is already stored: a second POST is saved into that story."""
    page = reverse("admin:articles_article_change", args=[article.pk])
    if request.method != "POST":
        messages.info(request, "Bài này đã lưu rồi; đây là bản đã lưu, để viết tiếp.")
        return HttpResponseRedirect(page)
    return model_admin.change_view(request, str(article.pk))


REPORTED_AS = {
    EventKind.CONTEST: ArticleKind.ACTIVITY,
    EventKind.FESTIVAL: ArticleKind.ACTIVITY,
}
# Words that begin an event's proper name.
NAMES_BEGIN = ("Hội ", "Lễ ", "Ngày ", "Giải ", "Cuộc thi", "Đại hội", "Liên hoan", "Tuần lễ", "Chương trình")

NAMED = 20  # guests, units; of a longer list a story names the first and counts the others
# Guests named as a group, not as persons.
BODIES_BEGIN = ("Lãnh đạo ", "Đại diện ", "Các ", "Cán bộ ", "Đông đảo ", "Toàn thể ")


def first_words(user: Any, asked: Any) -> dict[str, Any]:
    """Returns initial values of a new story from its address (`kind`, `event`); {} when it has neither.

    An event that the person may not see counts as missing.
    """
    if asked.get("event", "").isdecimal():
        event = Event.objects.visible_to(user).select_related("host").filter(pk=int(asked["event"])).first()
        if event is not None:
            return words_about(event, user)
    kind = asked.get("kind", "")
    return {"kind": kind} if kind in ArticleKind else {}


def words_about(event: Event, user: Any) -> dict[str, Any]:
    """Returns a draft from the registered facts of an event; the writer edits every sentence.

    A decision that the person may not see is left out.
    """
    kind = REPORTED_AS.get(EventKind(event.kind), ArticleKind.CONFERENCE)
    given = event.commendation_decisions.filter(pk__in=Decision.objects.visible_to(user).values("pk"))
    decision = given.select_related("issuer").order_by("signed_on", "pk").first()
    took_place = has_begun(event, timezone.now())
    parts = [_guests(event), _units(event)]
    if decision and took_place:
        parts += [_honours(event, decision), *_honoured(decision)]
    return {
        "kind": kind,
        "event": event.pk,
        "commendation_decision": decision.pk if decision else None,
        "title": event.title,
        "lead": _lead(event, took_place),
        "body": "".join(f"<p>{escape(part)}</p>" for part in parts if part),
        "section": _likely_section(event, kind),
    }


def _lead(event: Event, took_place: bool) -> str:
    """“Ngày 10/11/2017, tại Hội trường Sở, Sở GD&ĐT tổ chức Hội nghị …”."""
    first, last = first_day(event), last_day(event)
    if first == last:
        when = f"Ngày {format_date(first, 'so')}"
    else:
        when = f"Từ ngày {format_date(first, 'so')} đến ngày {format_date(last, 'so')}"
    where = f"tại {event.place_name}" if event.place_name else ""
    does = {
        Occurrence.CANCELLED: "thông báo hủy",
        Occurrence.POSTPONED: "thông báo hoãn",
    }.get(Occurrence(event.occurrence), "tổ chức" if took_place else "sẽ tổ chức")
    partners = [short_name_on(unit, first) for unit in event.co_hosts.prefetch_related("names")]
    with_whom = f" phối hợp với {_listed(partners)}" if partners else ""
    who = f"{short_name_on(event.host, first)}{with_whom} {does} {_inside_a_sentence(event.title)}"
    return ", ".join(filter(None, (when, where, who))) + "."


def _guests(event: Event) -> str:
    """In the order typed, which is the order of rank; each with the name and title of that day."""
    guests, total = first_rows(event.delegates.all(), NAMED)
    named = [*map(_guest, guests), *_others(total - NAMED, "đại biểu")]
    crowd = attendance_phrase(event) or crowd_words(event)
    if not named:
        return f"Dự {_noun(event)} có {crowd}." if crowd else ""
    return f"Dự {_noun(event)} có {'; '.join(named)}{f'; cùng {crowd}' if crowd else ''}."


def _guest(guest: Delegate) -> str:
    """“bà Lê Thị Thanh Xuân, Phó Giám đốc Sở”; a body of people is written as a common noun."""
    if guest.name.startswith(BODIES_BEGIN):
        return _lowered(guest.name)
    return ", ".join(filter(None, (f"{guest.honorific} {guest.name}".strip(), guest.title)))


def _units(event: Event) -> str:
    """“Tham dự có gần 15 phòng GD&ĐT; trường THPT.”: each count with its qualifier, before the kind."""
    units = []
    rows, total = first_rows(event.participants.all(), NAMED)
    for row in rows:
        # A kind of unit (“Trường THPT”) is a common noun; a unit (“Trường THPT Chu Văn An”) is a name.
        label = row.label if row.department_id else _lowered(row.label)
        units.append(f"{counted(row.count, row.count_qualifier, '')} {label}".strip())
    units += _others(total - NAMED, "đơn vị")
    return f"Tham dự {_noun(event)} có {'; '.join(units)}." if units else ""


def _others(count: int, noun: str) -> list[str]:
    """“1.980 đại biểu khác”, for rows that are not named."""
    return [f"{format_number(count)} {noun} khác"] if count > 0 else []


def _honours(event: Event, decision: Decision) -> str:
    kinds = decision.commendations.order_by().values_list("award_kind__name", flat=True).distinct()[:2]
    names = [name.lower() for name in kinds]
    with_money = decision.commendations.unrevoked().filter(reward_amount__gt=0).exists()
    gifts = f"{names[0]} và phần thưởng" if names and with_money else names[0] if names else ""
    what = f"trao {gifts} cho" if len(names) == 1 else "khen thưởng"
    whom = phrase(counts(decision, only_unrevoked=True)) or "các tập thể, cá nhân có thành tích"
    office = short_name_on(decision.issuer, decision.signed_on)
    paper = f"Quyết định số {decision.number} ngày {format_date(decision.signed_on, 'so')}"
    return f"Tại {_noun(event)}, {office} đã {what} {whom} theo {paper}."


def _honoured(decision: Decision) -> list[str]:
    """Who is commended, each with title and unit as in the decision; a pupil not to be named by initials."""
    said = []
    for kind in RecipientKind:
        rows, total = first_rows(decision.commendations.unrevoked().filter(recipient_kind=kind), NAMED)
        named = [", ".join(filter(None, (row.public_name, row.detail))) for row in rows]
        named += _others(total - NAMED, kind.label.lower())
        if rows:
            said.append(f"{kind.label} được khen: {'; '.join(named)}.")
    return said


def _inside_a_sentence(title: str) -> str:
    """“Hội nghị tập huấn …” is a name and keeps its capital; “Gặp mặt, tuyên dương …” is an activity."""
    return title if title.startswith(NAMES_BEGIN) else _lowered(title)


def _lowered(words: str) -> str:
    """Returns the words with a small first letter, unless they begin with an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _noun(event: Event) -> str:
    return EventKind(event.kind).noun


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} và {last}" if others else last


def _likely_section(event: Event, kind: str) -> int | None:
    """The section of the last story of this event, else of its host and kind, else the first section."""
    live = PublishedArticle.objects.live().newest()
    for stories in (live.filter(event=event), live.filter(department=event.host_id, kind=kind)):
        if found := stories.values_list("section", flat=True).first():
            return found
    return Section.objects.values_list("pk", flat=True).first()


def recent_events(user: Any, most: int = 4) -> QuerySet[Event]:
    """Returns visible events that began in the last two weeks and were not cancelled, newest first."""
    now = timezone.now()
    events = Event.objects.visible_to(user).filter(
        starts_at__gte=now - datetime.timedelta(days=14), starts_at__lte=now
    )
    return events.exclude(occurrence=Occurrence.CANCELLED).order_by("-starts_at", "-pk")[:most]

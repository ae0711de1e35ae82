"""What a search result shows: read from the public records, never from the index."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from articles.models import PublishedArticle
from awards.counting import annulled_of, counts_of, phrase
from awards.models import Decision
from departments import findable as units
from departments.models import Department
from documents.force import force_on
from documents.models import OfficialDocument
from events.models import Event
from events.timing import EventState, attendance_phrase, badge_at, date_words, state_at
from foundation.language.binding import bind
from foundation.language.dates import format_date
from foundation.language.highlighting import Highlighter
from foundation.search.enums import Kind
from foundation.search.models import Entry

Row = dict[str, Any]


def rows_of(entries: list[Entry], shown: Highlighter) -> list[Row]:
    """Returns one row for each entry, in their order; a record that readers may not see has none."""
    found = {}
    for kind, (records, row_of) in _ROOMS.items():
        of_kind = {entry.source_id: entry for entry in entries if entry.kind == kind}
        if of_kind:
            for record, row in row_of(records().filter(pk__in=of_kind), of_kind, shown):
                found[kind, record.pk] = row | {"url": record.get_absolute_url()}
    return [found[key] for entry in entries if (key := (entry.kind, entry.source_id)) in found]


_Made = Iterable[tuple[Model, Row]]


def _stories(records: QuerySet, entries: dict[int, Entry], shown: Highlighter) -> _Made:
    for page in records.cards():
        entry = entries[page.pk]
        in_captions = bool(entry.captions and shown.runs(entry.captions))
        in_text = not in_captions or shown.runs(entry.text)
        lead = "" if in_text else "Chú thích ảnh: "
        yield (
            page,
            {
                "label": page.section.name,
                "title": shown.pieces(bind(page.title)),
                "excerpt": [(lead, False)] * bool(lead)
                + shown.excerpt(entry.text if in_text else entry.captions),
                "meta": [page.source_mark or page.department_name],
                "day": timezone.localdate(page.published_at),
                "in_captions": in_captions and in_text,
            },
        )


def _events(records: QuerySet, entries: dict[int, Entry], shown: Highlighter) -> _Made:
    now = timezone.now()
    for event in records:
        plain = state_at(event, now) in (EventState.UPCOMING, EventState.PAST)
        facts = [date_words(event), event.place_name, attendance_phrase(event)]
        yield (
            event,
            {
                "label": "Sự kiện" if plain else f"Sự kiện, {badge_at(event, now).label.lower()}",
                "tone": "brand-b",
                "title": shown.pieces(bind(event.title)),
                "facts": _joined(facts),
                "excerpt": _where_else(entries[event.pk], event.title, shown),
            },
        )


def _documents(records: QuerySet, entries: dict[int, Entry], shown: Highlighter) -> _Made:
    today = timezone.localdate()
    for document in records.select_related("replaced_by"):
        force = force_on(document, today)
        issued = f"Ban hành {document.issued_on:%d/%m/%Y}"
        yield (
            document,
            {
                "label": "Văn bản",
                "title": shown.pieces(f"{document.number}: {bind(document.summary)}"),
                "facts": _joined([issued, force.label[0].lower() + force.label[1:], document.file_words]),
                "excerpt": _where_else(entries[document.pk], document.summary, shown),
            },
        )


def _decisions(records: QuerySet, entries: dict[int, Entry], shown: Highlighter) -> _Made:
    decisions = list(records)
    counted, annulled = counts_of(decisions), annulled_of(decisions)
    for decision in decisions:
        facts = [phrase(counted[decision.pk], ", "), f"ký ngày {decision.signed_on:%d/%m/%Y}"]
        yield (
            decision,
            {
                "label": "Khen thưởng, đã hủy bỏ" if decision.pk in annulled else "Khen thưởng",
                "tone": "warn",
                "title": shown.pieces(f"Quyết định {decision.number}: {bind(decision.summary)}"),
                "facts": _joined(facts),
                "excerpt": _where_else(entries[decision.pk], decision.summary, shown),
            },
        )


def _units(records: QuerySet, entries: dict[int, Entry], shown: Highlighter) -> _Made:
    today = timezone.localdate()
    for unit in records:
        facts = [unit.get_kind_display(), unit.address]
        if unit.is_closed_on(today):
            facts.append(f"hoạt động đến hết {format_date(unit.valid_until, 'so')}")
        yield (
            unit,
            {
                "label": "Đơn vị",
                "title": shown.pieces(bind(unit.name)),
                "facts": _joined(facts),
                "excerpt": _old_name(unit, shown),
            },
        )


def _joined(facts: Iterable[str]) -> str:
    return " · ".join(filter(None, facts))


def _where_else(entry: Entry, title: str, shown: Highlighter) -> list:
    """Returns an excerpt with the searched words that the title does not contain."""
    said = {word for run in shown.runs(title) for word in run.words}
    others = {word for run in shown.runs(entry.text) for word in run.words}
    return shown.excerpt(entry.text) if others - said else []


def _old_name(unit: Department, shown: Highlighter) -> list:
    """Returns the former name that matched, when the present name does not contain all the words."""
    own = {word for run in shown.runs(unit.name) for word in run.words}
    for name in unit.names.all():
        said = {word for run in shown.runs(name.name) for word in run.words}
        if name.name != unit.name and said - own:
            return [("Tên cũ: ", False), *shown.pieces(name.name)]
    return []


_ROOMS: dict[str, tuple[Callable[[], QuerySet], Callable]] = {
    Kind.STORY: (PublishedArticle.objects.live, _stories),
    Kind.EVENT: (Event.objects.public, _events),
    Kind.DOCUMENT: (OfficialDocument.objects.public, _documents),
    Kind.DECISION: (Decision.objects.public, _decisions),
    Kind.UNIT: (units.records, _units),
}

"""Published rows as plain data, without anything that the site does not show."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from articles.enums import BylineRole
from articles.models import PublishedArticle
from articles.public.syndication import absolute, full_text
from awards.models import Commendation
from departments.models import Department
from departments.naming import name_on
from documents.force import force_on
from documents.models import OfficialDocument
from events.enums import EventKind
from events.models import Event
from events.timing import state_at
from foundation.language.vietnamese import initials


def unit(row: Department) -> dict[str, Any]:
    """Return a unit as in `schemas.Unit`."""
    return {
        "slug": row.slug,
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "kind_label": row.get_kind_display(),
        "url": absolute(row.get_absolute_url()),
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
    }


def story_card(row: PublishedArticle) -> dict[str, Any]:
    """Load section and department before."""
    return {
        "id": row.pk,
        "url": absolute(row.get_absolute_url()),
        "title": row.title,
        "lead": row.lead,
        "source_mark": row.source_mark,
        "section": {"name": row.section_name, "url": absolute(row.section_url)},
        "unit": {"name": row.department_name, "slug": row.department.slug},
        "published_at": row.published_at,
        "updated_at": row.updated_at,
        "photo": _photo(row.card_photo),
        "tags": [name for name, _slug in row.tag_names],
    }


def story(row: PublishedArticle) -> dict[str, Any]:
    """Return a whole story; load section and department before."""
    bylines = [{"name": b["name"], "role": BylineRole(b["role"]).label} for b in row.bylines]
    return story_card(row) | {"content_html": str(full_text(row)), "bylines": bylines}


def _photo(photo: dict[str, Any] | None) -> dict[str, Any] | None:
    if not photo:
        return None
    words = {name: photo[name] for name in ("width", "height", "alt", "caption", "credit")}
    return words | {"src": absolute(photo["src"])}


def event(row: Event, now: datetime.datetime) -> dict[str, Any]:
    """Load the host and its names before."""
    return {
        "slug": row.slug,
        "url": absolute(row.get_absolute_url()),
        "title": row.title,
        "kind": EventKind(row.kind).label,
        "summary": row.summary,
        "host": _unit_on(row.host, timezone.localdate(row.starts_at)),
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "all_day": row.all_day,
        "place": ", ".join(filter(None, (row.place_name, row.place_address))),
        "state": state_at(row, now).value,
        "note": row.occurrence_note,
        "calendar_url": absolute(reverse("events:event_calendar", args=[row.slug])),
    }


def commendation(row: Commendation) -> dict[str, Any]:
    """Load award kind, department, decision, issuer and their names before.

    Only the public name; of a pupil only initials, because a family's consent is for the page on which the
    giấy khen is verified, not for lists that other machines copy.
    """
    decision = row.decision
    name = initials(row.recipient_name) if row.is_pupil else row.public_name
    return {
        "code": row.verify_code,
        "url": absolute(row.get_absolute_url()),
        "recipient_kind": row.recipient_kind,
        "recipient": name,
        "detail": row.detail,
        "award": row.award_kind.name,
        "achievement": row.public_achievement if row.achievement else "",
        "decision": {
            "number": decision.number,
            "signed_on": decision.signed_on,
            "issuer": _unit_on(decision.issuer, decision.signed_on),
            "url": absolute(decision.get_absolute_url()),
        },
        "unit": _unit_on(row.department, decision.signed_on) if row.department else None,
        "revoked_on": row.revoked_on,
    }


def document(row: OfficialDocument, today: datetime.date) -> dict[str, Any]:
    """Load the issuer, its names and `replaced_by` before."""
    file = absolute(reverse("documents:document_file", args=[row.slug])) if row.file else None
    return {
        "slug": row.slug,
        "url": absolute(row.get_absolute_url()),
        "number": row.number,
        "summary": row.summary,
        "kind": row.get_kind_display(),
        "issuer": _unit_on(row.issuer, row.issued_on),
        "issued_on": row.issued_on,
        "effective_on": row.effective_on,
        "expires_on": row.expires_on,
        "force": force_on(row, today).label,
        "file_url": file,
        "file_type": row.file_type,
        "file_size": row.file_size,
    }


def _unit_on(row: Department, day: datetime.date) -> dict[str, str]:
    return {"name": name_on(row, day), "slug": row.slug}

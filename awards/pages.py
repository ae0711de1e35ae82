"""The context of a decision's page: rows in groups, stories, and why it was withdrawn."""

from typing import Any

from django.template.loader import render_to_string

from approvals.history import history
from awards.counting import Counts, phrase
from awards.enums import RecipientKind
from awards.models import Commendation, Decision
from awards.share_card import card_of
from departments.naming import name_on
from departments.public.doors import unit_door, year_door
from documents.cards import story_rows
from foundation.language.binding import bind
from foundation.paging.numbered import page_of

STORIES_SHOWN = 10
ROWS_ON_A_PAGE = 300  # 55 KB compressed with everything that the page needs


def decision_context(decision: Decision, number: int = 1) -> dict[str, Any]:
    """Returns the context except the stories: a page of the list, collectives first, rendered.

    Raises Http404 if the list has no such page.
    """
    rows = _rows(decision)
    page = page_of(number, len(rows), ROWS_ON_A_PAGE, address=decision.get_absolute_url())
    groups = _groups(rows, page.rows)
    card = card_of(decision, annulled=bool(rows) and all(row.revoked_on for row in rows))
    shown = {
        "decision": decision,
        "issuer_name": name_on(decision.issuer, decision.signed_on),
        "issuer_url": unit_door(decision.issuer_id, decision.signed_on),
        "year_url": year_door(decision.school_year),
        "presentations": list(decision.presentations.all()),
    }
    return shown | {
        "share_image": card.image,
        "lists": render_to_string("awards/_lists.html", shown | {"groups": groups}),
        "facts": render_to_string("awards/_facts.html", shown),
        "phrase": bind(phrase(_counts(rows), ", ")),
        "page": page,
        "has_pupils": any(row.is_pupil for row in rows),
        "revoked": whole_revocation(rows),
    }


def stories_of(decision: Decision) -> list[dict[str, Any]]:
    """Returns the newest live stories about the decision, as rows."""
    return story_rows(decision.published_articles.live().cards().newest()[:STORIES_SHOWN])


def row_groups(decision: Decision, shown: slice = slice(None)) -> list[tuple[str, str, list[Commendation]]]:
    """Return (key, “2 tập thể”, rows) for collectives, then individuals, without an empty group.

    Makes one query. Only rows of `shown` are in the groups; the labels count all.
    """
    return _groups(_rows(decision), shown)


def _rows(decision: Decision) -> list[Commendation]:
    rows = list(decision.commendations.select_related("award_kind"))
    for row in rows:
        row.decision = decision
    return rows


def _groups(rows: list[Commendation], shown: slice) -> list[tuple[str, str, list[Commendation]]]:
    counted = _counts(rows)
    here = rows[shown]
    collectives = [row for row in here if row.recipient_kind == RecipientKind.COLLECTIVE]
    individuals = [row for row in here if row.recipient_kind == RecipientKind.INDIVIDUAL]
    groups = [
        ("tap-the", bind(phrase(Counts(collectives=counted.collectives))), collectives),
        ("ca-nhan", bind(phrase(Counts(individuals=counted.individuals))), individuals),
    ]
    return [group for group in groups if group[2]]


def _counts(rows: list[Commendation]) -> Counts:
    collectives = sum(row.recipient_kind == RecipientKind.COLLECTIVE for row in rows)
    return Counts(collectives, len(rows) - collectives)


def whole_revocation(rows: list[Commendation]) -> Commendation | None:
    """Returns a row that says how all rows were revoked; None when one is not revoked, or several decisions
    revoked them.
    """
    if not rows or len({(row.revoked_on, row.revocation_number) for row in rows}) > 1:
        return None
    return rows[0] if rows[0].revoked_on else None


def withdrawal_of(decision: Decision) -> dict[str, Any]:
    """Returns time and reason of the withdrawal from the log; nothing of the working copy."""
    taken_down = history(decision).filter(step="withdraw").first()
    return {
        "withdrawn_at": taken_down and taken_down.taken_at,
        "reason": taken_down.note if taken_down else "",
    }

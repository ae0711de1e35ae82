"""Who may approve the notes of an event instead of its host's head: named by the head, for a time."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from approvals.auditing import audit_act
from daybook.models import Entrustment
from departments.access import people_who_may
from events.models import Event
from inbox.telling import tell

RELAY, ENTRUST = "daybook.relay_note", "daybook.add_entrustment"


def entrusted(user: Any, event_id: int) -> Entrustment | None:
    """Return the word by which the user approves notes of the event today."""
    if not user.is_authenticated:
        return None
    standing = Entrustment.objects.standing().filter(event=event_id, person=user.pk)
    return standing.select_related("given_by").first()


def candidates(event: Event) -> QuerySet[User]:
    """Return whom the head can name: people who work for the host."""
    return people_who_may(RELAY, event.host_id)


def entrust(given: Entrustment, by: Any) -> None:
    """Store the head's word, in the audit book too, and tell the person."""
    with transaction.atomic():
        given.given_by = by
        given.save()
        words = f"{given.person}: {given.words}. Đến hết ngày {given.until:%d/%m/%Y}."
        audit_act("Giao duyệt tin nhanh", by, about=given.event, words=words)
        tell(
            [given.person],
            "entrusted",
            "Bạn được giao duyệt tin nhanh",
            words=f"{by} giao: {given.words}. Đến hết ngày {given.until:%d/%m/%Y}.",
            about=given.event.title,
            record=given.event,
            permission="events.view_event",
            address=f"{reverse('admin:daybook_note_changelist')}?event__id__exact={given.event_id}",
        )


def end_entrustment(given: Entrustment, by: Any) -> bool:
    """End it now; False if it had ended before."""
    with transaction.atomic():
        rows = Entrustment.objects.filter(pk=given.pk, ended_at=None)
        ended = bool(rows.update(ended_at=timezone.now()))
        if ended:
            audit_act("Thôi giao duyệt tin nhanh", by, about=given.event, words=str(given))
    return ended

"""Sessions of one person: which are alive, and how they end before their time."""

import hashlib

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Device, Session, User


def own_sessions(user: User) -> QuerySet[Session]:
    """Return the live sessions of a person, used last first: not ended, and of today's password."""
    live = Session.objects.filter(user=user, auth_hash=user.get_session_auth_hash())
    return live.filter(expire_date__gt=timezone.now()).select_related("device").order_by("-seen_at")


def public_name(session: Session) -> str:
    """Return what names a session on a page: its key would open it."""
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:16]


def end_session(user: User, name: str) -> bool:
    """End one session of the person; returns whether there was one of that name."""
    found = next((one for one in own_sessions(user) if public_name(one) == name), None)
    return bool(found and Session.objects.filter(pk=found.pk).delete()[0])


def end_sessions(user: User, *, but: str | None = None) -> int:
    """End all sessions of a person except the one with the key `but`; returns how many."""
    return Session.objects.filter(user=user).exclude(session_key=but or "").delete()[0]


def forget_devices(user: User, *, but: int | None = None) -> int:
    """Make all devices of a person strange, except one; returns how many."""
    others = Device.objects.filter(user=user).exclude(pk=but)
    Session.objects.filter(device__in=others).update(device=None)
    return others.delete()[0]


def delete_ended() -> int:
    """Delete the rows of sessions that have ended; returns how many. A duty of the worker."""
    ended = Session.objects.filter(expire_date__lte=timezone.now())
    return ended.delete()[0] if ended.exists() else 0

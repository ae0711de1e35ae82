"""Since when an administrator of accounts is known to the others.

Of two administrators one must not be made up by the other: whoever became one a moment ago confirms nothing
yet, and the week begins when somebody has entered the account: one who was appointed and never came would be
whoever printed the sheet (docs/decisions/0034).
"""

import datetime

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.models.user import not_entered
from departments.access import administrators, people_who_may_anywhere
from inbox.telling import tell
from staff.models import KnownAdministrator

WAIT = datetime.timedelta(days=7)


def may_confirm(user: User) -> bool:
    """Return whether the administrator has been one for a week, to the knowledge of the others."""
    known = KnownAdministrator.objects.filter(user=user, since__lte=timezone.now() - WAIT)
    return user.is_superuser or known.exists()


def note_administrators() -> int:
    """Note who is an administrator now and tell the others and the auditors of new ones; returns how many.

    A duty of the worker. Who is no longer one is forgotten, and waits again after a new appointment; who has
    not chosen a password is not one yet.
    """
    now = list(administrators().exclude(not_entered()))
    KnownAdministrator.objects.exclude(user__in=now).delete()
    known = set(KnownAdministrator.objects.values_list("user", flat=True))
    new = [user for user in now if user.pk not in known]
    KnownAdministrator.objects.bulk_create(
        [KnownAdministrator(user=user) for user in new], ignore_conflicts=True
    )
    for user in new:
        _tell(user, [one for one in now if one != user])
    return len(new)


def _tell(new: User, others: list[User]) -> None:
    auditors = people_who_may_anywhere("approvals.view_auditentry")
    tell(
        [*others, *auditors],
        "new_administrator",
        "Quản trị viên mới",
        about=f"{new} ({new.username})",
        words=f"{new} đã vào và quản trị tài khoản từ nay; sau {WAIT.days} ngày thì xác nhận được việc của "
        "người khác. Nếu bạn không biết việc này, hãy báo lãnh đạo Sở.",
        address=reverse("admin:inbox"),
        certain=True,
    )

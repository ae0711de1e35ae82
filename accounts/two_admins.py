"""Acts that need two administrators: asked by one, confirmed by another.

A room declares what confirming an act does (`declare`); asking, answering and the rule who may answer stand
here. The page that lists open requests and the notices to people: `staff`.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import TwoAdminAct, TwoAdminRequest, User

LIFE = datetime.timedelta(days=3)
type Effect = Callable[[TwoAdminRequest], object]
_effects: dict[TwoAdminAct, Effect] = {}


class AskRefused(Exception):
    """Somebody else asked for the same at the same moment; the message says so, in words for the person."""


class AnswerRefused(Exception):
    """The request cannot be answered; the message says why, in words for the person."""


def declare(act: TwoAdminAct, effect: Effect) -> None:
    """Declare what confirming the act does, in the transaction of the answer."""
    _effects[act] = effect


@transaction.atomic
def ask(act: TwoAdminAct, about: User, *, by: User, reason: str, **facts: Any) -> TwoAdminRequest:
    """Ask for an act about an account. An open request for the same act ends unanswered.

    Raises AskRefused for the second of two who ask at once.
    """
    now = timezone.now()
    TwoAdminRequest.objects.filter(act=act, about=about, answered_at=None).update(
        answered_at=now, ends_at=now
    )
    words = {"act": act, "about": about, "asked_by": by, "reason": reason, "facts": facts}
    try:
        with transaction.atomic():
            return TwoAdminRequest.objects.create(**words, ends_at=now + LIFE)
    except IntegrityError as clash:
        raise AskRefused(
            "Một quản trị viên khác vừa gửi yêu cầu này. Hãy xem ở mục Chờ quản trị viên thứ hai."
        ) from clash


def release_tickets(request: TwoAdminRequest, **changes: Any) -> None:
    """Let the codes that waited for this request work, those that were neither used nor ended meanwhile.

    Raises AnswerRefused if none is left: whoever confirms must not believe that something works now.
    """
    live = request.tickets.filter(used_at=None, ends_at__gt=timezone.now())
    if not live.update(is_held=False, **changes):
        raise AnswerRefused("Mã của yêu cầu này không còn hiệu lực. Hãy từ chối và yêu cầu mã mới.")


@transaction.atomic
def answer(request: TwoAdminRequest, *, by: User | None, confirms: bool) -> TwoAdminRequest:
    """Confirm or refuse; confirming does the act. `by` is None for the person, from their old mail address.

    The caller has checked that `by` administers accounts. Raises AnswerRefused, also for the second of two
    answers at once.
    """
    if by is not None and by.pk == request.asked_by_id and confirms:
        raise AnswerRefused("Việc này do chính bạn yêu cầu: cần một quản trị viên khác xác nhận.")
    if by is not None and by.pk == request.about_id and confirms:
        raise AnswerRefused("Việc này nói về tài khoản của bạn: cần một quản trị viên khác xác nhận.")
    words: dict[str, Any] = {"answered_by": by, "answered_at": timezone.now(), "is_confirmed": confirms}
    if by is not None and by.pk == request.asked_by_id:
        words |= {"answered_by": None, "facts": request.facts | {"withdrawn": True}}
    if not TwoAdminRequest.objects.open().filter(pk=request.pk).update(**words):
        raise AnswerRefused("Việc này đã có người trả lời hoặc đã quá hạn.")
    request.refresh_from_db()
    if confirms:
        _effects[TwoAdminAct(request.act)](request)
    return request

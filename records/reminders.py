"""Remind people whose answer is late, once each, and tell the next rank when its turn comes."""

from collections.abc import Set

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst

from inbox.models import Notice
from records.kinds import RecordKind, Waiting
from records.notices import Said, tell_turn


def remind(kind: RecordKind) -> int:
    """Remind about every overdue record of this kind, each person once per submission; returns how many.

    Nothing is decided by time.
    """
    waiting = kind.list_waiting(kind.rows().filter(status__in=list(kind.rights)))
    late = [one for one in waiting if one.holding.is_overdue]
    known = Notice.objects.filter(
        kind__in=("reminded", "turn"),
        content_type=ContentType.objects.get_for_model(kind.model),
        object_id__in=[one.record.pk for one in late],
    )
    told = {key for key in known.values_list("key", flat=True) if key}
    return sum(_remind_of(one, told) for one in late)


def _remind_of(waiting: Waiting, told: Set[str]) -> int:
    """Remind the first turn and tell the other open ones; `told` are keys of existing notices."""
    count = 0
    for number, turn in enumerate(waiting.holding.open):
        said = _later_turn(waiting.noun) if number else _first_turn(waiting.noun)
        key = f"{said.kind}:{waiting.key}"
        if all(f"{key}:{position.person.user_id}" in told for position in turn.positions):
            continue
        count += tell_turn(waiting, number, said, once=key, urgent=True)
    return count


def _first_turn(noun: str) -> Said:
    return Said("reminded", f"Nhắc: {noun} quá hạn trả lời", "Người gửi đang chờ.")


def _later_turn(noun: str) -> Said:
    words = f"Người giữ {noun} chưa trả lời trong hạn."
    return Said("turn", f"{capfirst(noun)} quá hạn, nay đến lượt bạn", words)

"""What those are told whose turn it is, or becomes, to decide about something that waits; any subject."""

import datetime
from collections.abc import Set
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.text import capfirst

from inbox.telling import tell
from records.holding import Holding


class Said(NamedTuple):
    """What is told: its kind (for the record), its heading, and why it comes to the reader."""

    kind: str
    heading: str
    words: str


def tell_turn(held: Holding, number: int, said: Said, noun: str, **notice: Any) -> int:
    """Tell the people of one turn, each in the capacity in which it is theirs; returns how many.

    `noun` is what waits (“bài”); `notice` goes on to `inbox.telling.tell`.
    """
    told = 0
    for position in held.turns[number].positions if number < len(held.turns) else ():
        why = f"{capfirst(noun)} đến lượt quyết định của {position.title}, {position.department}"
        if position.stands_in_for:
            why += f", theo ủy quyền của {position.stands_in_for.person}"
        words = f"{said.words} {why}. Hạn trả lời: {hour(held.due_at)}."
        told += tell([position.person.user], said.kind, said.heading, words=words, **notice)
    return told


def remind(held: Holding, once: str, told: Set[str], noun: str, **notice: Any) -> int:
    """Remind who holds what is past its hour, tell the others whose turn has come; each person once.

    `once` names this waiting; `told` are the keys of notices that are there already.
    """
    count = 0
    for number, turn in enumerate(held.open):
        said = _later_turn(noun) if number else _first_turn(noun)
        key = f"{said.kind}:{once}"
        if all(f"{key}:{position.person.user_id}" in told for position in turn.positions):
            continue
        count += tell_turn(held, number, said, noun, once=key, urgent=True, **notice)
    return count


def hour(moment: datetime.datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M, %d/%m/%Y}"


def _first_turn(noun: str) -> Said:
    return Said("reminded", f"Nhắc: {noun} quá hạn trả lời", "Người gửi đang chờ.")


def _later_turn(noun: str) -> Said:
    words = f"Người giữ {noun} chưa trả lời trong hạn."
    return Said("turn", f"{capfirst(noun)} quá hạn, nay đến lượt bạn", words)

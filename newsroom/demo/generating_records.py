"""Generate the events and commendation decisions of generated stories."""

import datetime
import random
from collections.abc import Callable, Mapping
from typing import Any

from approvals.engine import Attempt, Step, Workflow, take_all
from approvals.enums import RecordStatus
from awards.codes import new_code
from awards.enums import RecipientKind
from awards.models import AwardKind, Commendation, Decision
from departments.access import capacity
from departments.models import Department
from events.enums import EventKind
from events.models import Event, ParticipatingGroup
from foundation.inserting.rows import insert_all
from foundation.language.vietnamese import slug

EVENT_EVERY, DECISION_EVERY = 10, 25
NAMES = (
    "Nguyễn Thị Lan",
    "Y Phu Êban",
    "H’Lan Byă",
    "Trần Văn Minh",
    "Đỗ Thị Đào",
    "Lê Quốc Ân",
    "Phạm Ngọc Ánh",
)
KINDS = (
    (EventKind.CONFERENCE, "Hội nghị chuyên đề"),
    (EventKind.CONTEST, "Hội thi giáo viên giỏi"),
    (EventKind.FESTIVAL, "Ngày hội đọc sách"),
    (EventKind.CEREMONY, "Lễ tuyên dương"),
)


def _at_its_beginning(attempt: Attempt) -> dict[str, Any]:
    return {"published_at": attempt.record.starts_at}


def _door(label: str, permission: str, stamp: Callable[..., dict[str, Any]]) -> Workflow:
    step = Step(
        name="generate",
        label=label,
        sources=(RecordStatus.DRAFTING,),
        target=RecordStatus.PUBLIC,
        permission=permission,
        stamps=(stamp,),
    )
    return Workflow(name="generated record", capacity=capacity, steps=(step,))


class Records:
    """Creates, batch by batch, the records that some of the stories are about."""

    def __init__(self, head: Any) -> None:
        self.head = head
        self.kind = AwardKind.objects.order_by("order").first()

    def insert(
        self,
        numbers: tuple[int, ...],
        units: Mapping[int, Department],
        moment: Callable[[int], datetime.datetime],
    ) -> dict[int, dict[str, Any]]:
        """Write the records of these numbers; returns what each story's content says about them."""
        found: dict[int, dict[str, Any]] = {}
        held = self._events([n for n in numbers if n % EVENT_EVERY == 0], units, moment)
        for number, event in held.items():
            found[number] = {"event": {"id": event.pk, "name": event.title}}
        signed = self._decisions([n for n in numbers if n % DECISION_EVERY == 0], units, moment)
        for number, decision in signed.items():
            said = {"commendation_decision": {"id": decision.pk, "name": decision.number}}
            found[number] = found.get(number, {}) | said
        return found

    def _events(self, numbers: list[int], units: Any, moment: Any) -> dict[int, Event]:
        rows = {n: _event(n, units[n], moment(n)) for n in numbers}
        insert_all(rows.values())
        insert_all(
            ParticipatingGroup(event=event, department=units[n], label=units[n].name)
            for n, event in rows.items()
        )
        door = _door("Sinh tự động", "events.approve_event", _at_its_beginning)
        take_all(door, list(rows.values()), "generate", actor=self.head)
        return rows

    def _decisions(self, numbers: list[int], units: Any, moment: Any) -> dict[int, Decision]:
        rows = {n: _decision(n, units[n], moment(n)) for n in numbers}
        insert_all(rows.values())
        insert_all(
            row
            for n, decision in rows.items()
            for row in self._commendations(n, decision, units[n], moment(n))
        )
        when = moment(numbers[0]) if numbers else None
        door = _door("Sinh tự động", "awards.publish_decision", lambda attempt: {"published_at": when})
        take_all(door, list(rows.values()), "generate", actor=self.head)
        return rows

    def _commendations(
        self, number: int, decision: Decision, unit: Department, at: Any
    ) -> list[Commendation]:
        chance = random.Random(number)  # noqa: S311 (names nobody bears, not secrets)
        shared = {"decision": decision, "award_kind": self.kind, "department": unit, "published_at": at}
        team = Commendation(
            recipient_kind=RecipientKind.COLLECTIVE,
            recipient_name=f"Tổ chuyên môn {unit.name}",
            verify_code=new_code(at.year),
            **shared,
        )
        people = [
            Commendation(
                recipient_kind=RecipientKind.INDIVIDUAL,
                recipient_name=name,
                recipient_title="Giáo viên",
                unit_name=unit.name,
                position=place,
                verify_code=new_code(at.year),
                **shared,
            )
            for place, name in enumerate(chance.sample(NAMES, 4))
        ]
        return [team, *people]


def _event(number: int, unit: Department, at: datetime.datetime) -> Event:
    kind, name = KINDS[number // EVENT_EVERY % len(KINDS)]
    title = f"{name} {unit.name} (lần {number // EVENT_EVERY + 1})"
    return Event(
        kind=kind,
        title=title[:200],
        slug=f"{slug(name)}-sinh-{number}",
        summary=f"{name} tại {unit.name}.",
        host=unit,
        starts_at=at,
        ends_at=at + datetime.timedelta(hours=3),
        place_name=f"Hội trường {unit.name}"[:150],
        attendance=60 + number % 140,
    )


def _decision(number: int, unit: Department, at: datetime.datetime) -> Decision:
    return Decision(
        number=f"S{number}/QĐ-KT",
        slug=f"quyet-dinh-sinh-{number}",
        signed_on=at.date(),
        issuer=unit,
        signer_name="Trần Văn Minh",
        signer_title="Hiệu trưởng",
        summary=f"Khen thưởng tập thể, cá nhân của {unit.name} có thành tích trong phong trào thi đua",
    )

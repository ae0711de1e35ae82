"""The demo's training days: the seed's conference with its roll and papers, one of this week, one to come.

Nobody on these rolls is real: the names are put together from lists, and each unit's note says so.
"""

import datetime
import itertools
import uuid
from typing import Any

from accounts.models import User
from approvals.engine import take
from departments.enums import DepartmentKind
from events.models import Event
from newsroom.demo.clock import VIETNAM, at
from newsroom.demo.registers import INVENTED
from training.attendance import propose_sittings
from training.attesting.drafting import begin_list
from training.attesting.workflow import ATTESTING
from training.checking import MOST_SCANS, take_scans
from training.enrolling import enrol, locked
from training.models import Enrolment, InvitedKind, InvitedUnit, Participant, Question
from training.workflow import ENROLMENT

FAMILIES = ("Nguyễn Thị", "Trần Văn", "Lê Minh", "Phạm Thị", "Y", "H’", "Hoàng Văn", "Đặng Thị", "Vũ Quốc")
GIVEN = ("Mẫu", "Ví Dụ", "Thử", "Minh Họa", "Nháp", "Giả Định", "Tập Dượt")
CLANS = ("Niê", "Êban", "Byă", "Kbuôr", "Ayŭn", "Mlô")
TITLES = ("Phó Hiệu trưởng", "Giáo viên", "Chuyên viên", "Bí thư Đoàn trường", "Thư viện viên")
KINDS = (
    DepartmentKind.HIGH_SCHOOL,
    DepartmentKind.BOARDING_SCHOOL,
    DepartmentKind.CONTINUING_CENTRE,
    DepartmentKind.DISTRICT_OFFICE,
    DepartmentKind.LOWER_SECONDARY,
    DepartmentKind.OFFICE_DIVISION,
)
WEEK = datetime.timedelta(days=7)
NEARLY_ALL = 12  # of so many one stays away in the afternoon


class TrainingDays:
    """Makes enrolments, scans and papers by the product's own steps, each at its own time."""

    def __init__(self, users: dict[str, User]):
        self.users = users
        self.names = itertools.cycle(_names())

    def past(self, event: Event, *, a_unit: int, kept_days: int = 90) -> None:
        """Enrol people for an event that is over, let them in, and give them their papers that evening."""
        enrolment = self._open(event, a_unit=a_unit, kept_days=kept_days)
        with at(event.starts_at - WEEK):
            for unit in enrolment.units.all():
                self._send(enrolment, unit, a_unit)
        sittings = propose_sittings(enrolment)
        people = list(enrolment.people.placed())
        for number, sitting in enumerate(sittings):
            came = [one for place, one in enumerate(people) if not number or place % NEARLY_ALL]
            self._let_in(enrolment, sitting, came)
        evening = datetime.datetime.combine(enrolment.day, datetime.time(18), VIETNAM)
        with at(evening):
            made = begin_list(enrolment, by=self.users["bientap"])
            made.signer_name, made.signer_title = "Nguyễn Văn Mẫu", "Giám đốc"
            made.save()
            for step, who in (("submit", "bientap"), ("approve", "thuky")):
                made = self._take(ATTESTING, made, step, who)

    def coming(self, event: Event, now: datetime.datetime) -> None:
        """Leave one open: some units have sent their people, some are silent."""
        enrolment = self._open(event, a_unit=2, kept_days=60, opened=now - WEEK)
        Question.objects.create(enrolment=enrolment, label="Bữa trưa", kind="meal")
        for unit in list(enrolment.units.all())[::2]:
            self._send(enrolment, unit, 2)

    def _open(
        self, event: Event, *, a_unit: int, kept_days: int, opened: datetime.datetime | None = None
    ) -> Enrolment:
        deadline = event.starts_at - datetime.timedelta(days=2)
        with at(opened or event.starts_at - 2 * WEEK):
            made = Enrolment.objects.create(
                event=event, deadline=deadline, kept_days=kept_days, note=f"Mang theo điện thoại. {INVENTED}"
            )
            for kind in KINDS:
                InvitedKind.objects.create(enrolment=made, kind=kind, places=a_unit)
            self._take(ENROLMENT, made, "open", "bientap")
        return Enrolment.objects.select_related("event__host").get(pk=made.pk)

    def _send(self, enrolment: Enrolment, unit: InvitedUnit, count: int) -> None:
        people = [
            Participant(
                unit=unit, unit_name=unit.name, full_name=next(self.names), title=TITLES[place % len(TITLES)]
            )
            for place in range(count)
        ]
        with locked(enrolment) as now:
            enrol(now, people, by=self.users["bientap"])

    def _let_in(self, enrolment: Enrolment, sitting: Any, people: list[Participant]) -> None:
        begin = sitting.starts_at - datetime.timedelta(minutes=40)
        scans = [
            {
                "id": str(uuid.uuid4()),
                "sitting": sitting.pk,
                "code": person.code,
                "at": int((begin + datetime.timedelta(seconds=11 * place)).timestamp() * 1000),
            }
            for place, person in enumerate(people)
        ]
        with at(sitting.starts_at + datetime.timedelta(hours=1)):
            for first in range(0, len(scans), MOST_SCANS):
                for gate in ("Cổng chính", "Cổng phụ"):
                    some = scans[first : first + MOST_SCANS][gate == "Cổng phụ" :: 2]
                    take_scans(enrolment, some, gate=gate, by=self.users["bientap"])

    def _take(self, workflow: Any, record: Any, step: str, username: str) -> Any:
        return take(workflow, record, step, actor=self.users[username], version=record.version)


def _names() -> list[str]:
    """Return names of people who do not exist, some of them of the Central Highlands."""
    found = []
    for number, (given, family) in enumerate(itertools.product(GIVEN, FAMILIES)):
        clan = CLANS[number % len(CLANS)]
        if family == "Y":
            found.append(f"Y {given} {clan}")
        elif family == "H’":
            found.append(f"H’{given} {clan}")
        else:
            found.append(f"{family} {given}")
    return found

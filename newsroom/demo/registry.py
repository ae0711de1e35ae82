"""Create the documents, events and commendation decisions of the demo by the product's own functions."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from approvals.engine import take
from awards.models import AwardKind, Commendation, Decision
from awards.revocation import revoke
from awards.rewards import fill_rewards
from awards.workflow import WORKFLOW as DECISION
from departments.models import Department, Person, SchoolYear
from documents.addresses import free_slug
from documents.files import attach
from documents.models import OfficialDocument
from documents.workflow import DOCUMENT
from events.models import Event
from events.workflow import EVENT
from foundation.language.school_years import school_year_on
from newsroom.demo import registers
from newsroom.demo.clock import VIETNAM, at
from newsroom.demo.happenings import HAPPENINGS
from newsroom.demo.papers import scanned
from newsroom.demo.registers import Doc, Given, Happening, PaperOrder
from newsroom.demo.rounds.making import DemoRounds
from newsroom.demo.rounds.seed_papers import order_papers
from newsroom.demo.training.day import tell_of_the_day
from newsroom.demo.training.making import TrainingDays

NOON = datetime.time(12, tzinfo=VIETNAM)
SIGNER, SIGNER_TITLE = "Nguyễn Văn Mẫu", "Giám đốc Sở Giáo dục và Đào tạo"
REVOKING = ("102/QĐ-SGDĐT", "Kê khai thành tích trùng với năm học trước.")


@dataclass
class Registry:
    """Creates the three registers; keeps their rows by number or key."""

    now: datetime.datetime
    units: dict[str, Department]
    users: dict[str, User]
    years: dict[int, SchoolYear]
    photo_ids: dict[str, int]
    documents: dict[str, OfficialDocument] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)

    def fill(self) -> None:
        """Create all three registers."""
        for row in sorted(registers.DOCUMENTS, key=lambda doc: self.day(doc.day)):
            self._make_document(row)
        self._replace()
        for happening in (registers.TRAINING, *HAPPENINGS):
            self._make_event(happening)
        for order in registers.ORDERS:
            self._make_decision(order)
        DemoRounds(self.units, self.users, self.years).open_now(self.now)
        days = TrainingDays(self.users)
        days.past(self.events[registers.TRAINING.key], a_unit=10)
        days.past(self.events["an-toan-thong-tin"], a_unit=3)
        tell_of_the_day(self.events["an-toan-thong-tin"], self.users)
        days.coming(self.events["cong-tac-vien"], self.now)

    def day(self, day: datetime.date | int) -> datetime.date:
        """Return the date; a number is counted from the day the demo is made."""
        if isinstance(day, datetime.date):
            return day
        return self.now.astimezone(VIETNAM).date() + datetime.timedelta(days=day)

    # --- documents ------------------------------------------------------------------------------

    def _make_document(self, row: Doc) -> None:
        day = self.day(row.day)
        document = OfficialDocument(
            number=row.number,
            kind=row.kind,
            summary=row.summary,
            gist=registers.INVENTED,
            issuer=self.units[row.issuer],
            signer=SIGNER,
            issued_on=day,
            expires_on=row.expires_in and day + datetime.timedelta(days=row.expires_in),
        )
        document.slug = free_slug(document, f"{row.number} {row.summary}")
        paper = scanned(str(document.issuer), row.number, row.summary, day)
        attach(document, SimpleUploadedFile(f"{row.number.replace('/', '-')}.pdf", paper))
        document.full_clean()
        document.save()
        if row.is_public:
            self._take(DOCUMENT, document, "publish", "thidua", day)
        self.documents[row.number] = document

    def _replace(self) -> None:
        for row in registers.DOCUMENTS:
            if row.replaced_by:
                newer = self.documents[row.replaced_by]
                OfficialDocument.objects.filter(number=row.number).update(replaced_by=newer)

    # --- events ---------------------------------------------------------------------------------

    def _make_event(self, row: Happening) -> None:
        day = self.day(row.day)
        begin, end = row.hours or ("00:00", None)
        event = Event(
            kind=row.kind,
            title=row.title,
            summary=row.summary,
            host=self.units[row.host],
            school_year=self.years.get(school_year_on(day)),
            starts_at=_clock(day, begin),
            all_day=row.hours is None,
            place_name=row.place,
            place_address=row.address,
            occurrence=row.occurrence,
            occurrence_note=row.note,
        )
        last = day + datetime.timedelta(days=row.days - 1)
        event.ends_at = _clock(last, end) if end else (_clock(last, begin) if row.days > 1 else None)
        told_year = "" if str(day.year) in row.title else f" {day.year}"
        event.slug = free_slug(event, row.title + told_year)
        if row.key == registers.TRAINING.key:
            event.attendance_qualifier, event.attendance = registers.ATTENDANCE
            event.lead_photo_id = self.photo_ids["toan-canh-hoi-nghi"]
        event.full_clean()
        event.save()
        event.writers.add(self.users["bientap"])
        if row.key == registers.TRAINING.key:
            self._fill_training(event)
        announced = min(day - datetime.timedelta(days=14), self.day(-1))
        if row.is_public:
            event = self._take(EVENT, event, "submit", "bientap", announced)
            event = self._take(EVENT, event, "approve", row.approver, announced)
        self.events[row.key] = event

    def _fill_training(self, event: Event) -> None:
        day = registers.TRAINING.day
        for hour, title, note in registers.PROGRAMME:
            event.programme.create(starts_at=_clock(day, hour), title=title, note=note)
        for place, (name, honorific, title, is_known) in enumerate(registers.DELEGATES):
            person = Person.objects.get(full_name=name) if is_known else None
            event.delegates.create(name=name, honorific=honorific, title=title, person=person, position=place)
        for place, (label, kind) in enumerate(registers.PARTICIPANTS):
            event.participants.create(label=label, department_kind=kind, position=place)
        for place, name in enumerate(("trao-giay-khen", "toan-canh-hoi-nghi")):
            event.event_photos.create(photo_id=self.photo_ids[name], position=place)
        for place, number in enumerate(("89/KH-SGDĐT", "1247/QĐ-SGDĐT")):
            event.event_documents.create(document=self.documents[number], position=place)

    # --- commendations ------------------------------------------------------------------------------

    def _make_decision(self, order: PaperOrder) -> None:
        day = self.day(order.day)
        decision = Decision(
            number=order.number,
            signed_on=day,
            issuer=self.units[order.issuer],
            signer_name=SIGNER,
            signer_title=SIGNER_TITLE,
            grounds=registers.INVENTED,
            summary=order.summary,
            school_year=self.years.get(school_year_on(day)),
            event=self.events.get(order.event),
            document=self.documents.get(order.number),
        )
        decision.slug = free_slug(decision, f"{order.number} {day.year}")
        decision.full_clean()
        if order.event == registers.TRAINING.key:
            decision = DemoRounds(self.units, self.users, self.years).draft_seed(order, decision)
        else:
            decision.save()
            decision.writers.add(self.users["thidua"])
            for place, given in enumerate(order.given):
                self._give(decision, given, order.achievement, place)
            fill_rewards(decision)
        decision = self._take(DECISION, decision, "submit", "thidua", day)
        self.decisions[order.number.split("/", 1)[0]] = self._take(
            DECISION, decision, "publish", "thuky", day
        )
        if order.event == registers.TRAINING.key:
            DemoRounds(self.units, self.users, self.years).finish(decision)
            order_papers(self.decisions["1247"], self.users["thidua"], self.users["thuky"])
        if order.revoked:
            self._revoke(decision, order.revoked)

    def _give(self, decision: Decision, given: Given, achievement: str, place: int) -> None:
        row = Commendation(
            decision=decision,
            award_kind=AwardKind.objects.get(name="Giấy khen"),
            recipient_kind=given.kind,
            recipient_name=given.name,
            recipient_title=given.title,
            unit_name=given.unit_name,
            department=self.units[given.unit],
            person=Person.objects.filter(full_name=given.name).first(),
            is_pupil=given.is_pupil,
            achievement=achievement,
            position=place,
        )
        row.full_clean(exclude=["verify_code"])
        row.save()

    def _revoke(self, decision: Decision, name: str) -> None:
        number, reason = REVOKING
        day = decision.signed_on + datetime.timedelta(days=200)
        with at(datetime.datetime.combine(day, NOON)):
            row = decision.commendations.get(recipient_name=name)
            revoke(row, actor=self.users["thidua"], number=number, signed_on=day, reason=reason)

    def _take(self, workflow: Any, record: Any, step: str, username: str, day: datetime.date) -> Any:
        moment = min(datetime.datetime.combine(day, NOON), self.now)
        with at(moment):
            return take(workflow, record, step, actor=self.users[username], version=record.version)


def _clock(day: datetime.date, hour: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(hour), VIETNAM)

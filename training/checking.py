"""What a gate sends is written: every scan once, guests as people, whatever the order and however often."""

import datetime
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from foundation.language.plain import clean_line
from foundation.language.vietnamese import fold
from training.enrolling import locked
from training.enums import ScanKind
from training.models import Enrolment, Participant, Scan

MOST_SCANS = 500  # in one request
_CODE = re.compile(r"[0-9a-f]{24}")
_CLOCKS = datetime.timedelta(minutes=2)  # how far ahead of ours a gate's corrected clock may be


class ScanRefused(ValueError):
    """One scan cannot be kept; the message says why, for the person at the gate."""


@dataclass
class Taken:
    """The keys that are now written (also those that were before), and why others are not."""

    kept: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def take_scans(enrolment: Enrolment, sent: Sequence[Any], *, gate: str, by: Any) -> Taken:
    """Write what one gate sends. All that is kept is committed when this returns.

    A scan is `{id, sitting, person | code | guest: {id, name, unit}, at, undone}`; `at` in milliseconds UTC.
    """
    taken = Taken()
    with locked(enrolment) as now:
        book = _Book(now, clean_line(gate)[:40] or "Cổng", by)
        for one in sent[:MOST_SCANS]:
            try:
                taken.kept.append(book.enter(one))
            except ScanRefused as refusal:
                key = one.get("id") if isinstance(one, Mapping) else ""
                taken.refused.append((str(key or ""), str(refusal)))
        book.write()
    return taken


class _Book:
    """Judges the scans of one request and writes them together."""

    def __init__(self, enrolment: Enrolment, gate: str, by: Any):
        self.enrolment, self.gate, self.by = enrolment, gate, by
        self.sittings = set(enrolment.sittings.values_list("pk", flat=True))
        people = Participant.objects.filter(enrolment=enrolment)
        self.people: set[int] = set()
        self.codes: dict[str, int] = {}
        self.guests: dict[uuid.UUID, int] = {}
        for pk, code, key in people.values_list("pk", "code", "gate_key"):
            self.people.add(pk)
            self.codes[code or ""] = pk
            if key:
                self.guests[key] = pk
        self.last = people.aggregate(last=Max("number"))["last"] or 0
        self.units = {fold(unit.name): unit for unit in enrolment.units.all()}
        self.now = timezone.now()
        self.scans: dict[uuid.UUID, Scan] = {}

    def enter(self, sent: Any) -> str:
        """Note one scan and return its key. Raises ScanRefused."""
        if not isinstance(sent, Mapping):
            raise ScanRefused("Lượt quét không đọc được.")
        key = _uuid(sent.get("id"))
        if not isinstance(sent.get("sitting"), int) or sent["sitting"] not in self.sittings:
            raise ScanRefused("Buổi này không còn; chọn lại buổi.")
        scan = Scan(
            key=key, sitting_id=sent["sitting"], gate=self.gate, by=self.by, at=self._time(sent.get("at"))
        )
        if sent.get("undone"):
            scan.undone_at = self._time(sent["undone"])
        self._who(scan, sent)
        self.scans[key] = scan
        return str(sent["id"])

    def _who(self, scan: Scan, sent: Mapping[str, Any]) -> None:
        guest, code, person = sent.get("guest"), sent.get("code"), sent.get("person")
        if isinstance(guest, Mapping):
            scan.kind, scan.participant_id = ScanKind.GUEST, self._guest(guest)
        elif isinstance(code, str) and code:
            scan.kind = ScanKind.CODE
            scan.participant_id = self.codes.get(code) if _CODE.fullmatch(code) else None
            scan.code = "" if scan.participant_id else clean_line(code)[:40]
        elif isinstance(person, int) and person in self.people:
            scan.kind, scan.participant_id = ScanKind.NAME, person
        else:
            raise ScanRefused("Không rõ là ai.")

    def _guest(self, sent: Mapping[str, Any]) -> int:
        """Return the guest's number, written now if no gate sent the guest before."""
        key = _uuid(sent.get("id"))
        if key not in self.guests:
            name, unit_name = (
                " ".join(clean_line(str(sent.get(word) or "")).split()) for word in ("name", "unit")
            )
            if not 2 <= len(name) <= 150 or len(unit_name) > 200:
                raise ScanRefused("Khách cần họ tên.")
            unit = self.units.get(fold(unit_name))
            self.last += 1
            made = Participant.objects.create(
                enrolment=self.enrolment,
                unit=unit,
                unit_name=unit.name if unit else unit_name,
                number=self.last,
                full_name=name,
                is_guest=True,
                gate_key=key,
                enrolled_by=self.by,
            )
            self.guests[key] = made.pk
            self.people.add(made.pk)
        return self.guests[key]

    def _time(self, sent: Any) -> datetime.datetime:
        """Return the moment; one that the clocks cannot agree with is now."""
        if isinstance(sent, int | float) and 0 < sent < 1e14:
            at = datetime.datetime.fromtimestamp(sent / 1000, datetime.UTC)
            if at <= self.now + _CLOCKS:
                return min(at, self.now)
        raise ScanRefused("Giờ của máy không đúng.")

    def write(self) -> None:
        """Write the new scans; of known ones only what was undone since."""
        with transaction.atomic():
            known = {scan.key: scan for scan in Scan.objects.filter(key__in=self.scans)}
            Scan.objects.bulk_create(
                [scan for key, scan in self.scans.items() if key not in known], ignore_conflicts=True
            )
            for key, scan in known.items():
                if scan.undone_at is None and self.scans[key].undone_at:
                    own = Scan.objects.filter(pk=scan.pk, sitting__enrolment=self.enrolment)
                    own.update(undone_at=self.scans[key].undone_at)


def _uuid(sent: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(sent))
    except ValueError:
        raise ScanRefused("Lượt quét không có khóa đúng.") from None

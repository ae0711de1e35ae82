"""A whole first day from a file: all of it in one transaction, and nothing of it twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from departments.access import administrators
from departments.enums import DepartmentKind
from departments.models import Department
from identity.models import SiteIdentity
from newsroom.first_day import steps
from newsroom.first_day.file import FileRefused, SetupFile
from newsroom.first_day.opening import is_open
from reform.enacting import ReformRefused, carry_out


@dataclass
class Outcome:
    """What was done, in sentences; the administrator who has not entered yet, if there is one."""

    done: list[str] = field(default_factory=list)
    administrator: User | None = None


@transaction.atomic
def set_up(file: SetupFile) -> Outcome:
    """Carry the file out. Raises FileRefused with every fault; then nothing is saved.

    What is there already stays as it is, so the same file again changes nothing, and a file that was
    completed goes on where the last one ended.
    """
    outcome = Outcome()
    unit = _say_whose(file, outcome)
    _appoint(file, outcome, unit)
    _found_units(file, outcome)
    outcome.done += _prepare_year(file)
    if file.faults:
        raise FileRefused(file.faults)
    return outcome


def waiting_administrator() -> User | None:
    """Return the first administrator if nobody administers yet and that one has not entered."""
    known = list(administrators()[:2])
    return known[0] if len(known) == 1 and not known[0].has_entered else None


def _say_whose(file: SetupFile, outcome: Outcome) -> Department | None:
    row = SiteIdentity.objects.at(timezone.localdate()).first()
    if row is None:
        form = file.identity_form()
        if not form.is_valid():
            return None
        row = form.instance
        steps.say_identity(row)
        outcome.done.append(f"Trang của ai: {row.name}")
    unit, is_new = steps.open_office(**steps.words_of(row), since=file.office_since)
    if is_new:
        outcome.done.append(f"Đơn vị đầu tiên: {unit}")
    return unit


def _appoint(file: SetupFile, outcome: Outcome, unit: Department | None) -> None:
    if is_open():
        form = file.administrator_form()
        if unit and form.is_valid():
            user = steps.appoint_administrator(unit, **form.facts)
            outcome.done.append(f"Quản trị viên: {user} ({user.username})")
    outcome.administrator = waiting_administrator()


def _has_units() -> bool:
    return Department.objects.exclude(kind=DepartmentKind.PROVINCE_OFFICE).exists()


def _found_units(file: SetupFile, outcome: Outcome) -> None:
    by = administrators().first()
    if file.faults or by is None or _has_units():
        return
    plan = file.units(file.office_since)
    if plan is None or file.faults:
        return
    try:
        carry_out(plan, by=by)
    except ReformRefused as refusal:
        file.faults += [f"Bảng đơn vị, dòng {number}: {words}" for number, words in refusal.errors]
    else:
        outcome.done.append(f"{len(plan.founded)} đơn vị từ bảng")


def _prepare_year(file: SetupFile) -> Iterator[str]:
    if file.faults:
        return
    if file.said.get("chuyen_muc", {}).get("de_nghi", True) and (made := steps.make_sections()):
        yield f"{made} chuyên mục đề nghị"
    if year := steps.make_school_year(file.said.get("nam_hoc", {}).get("nam_dau")):
        yield f"Năm học {year}"
        if days := steps.make_days_off(steps.fixed_days_off(year.first_year)):
            yield f"{days} ngày nghỉ cố định"
    if days := steps.make_days_off(file.days_off):
        yield f"{days} ngày nghỉ theo tệp"

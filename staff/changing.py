"""A person leaves, moves, comes back: positions end and begin by day, the account is locked on the day."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.ending import end_sessions
from accounts.models import User
from accounts.roles import Role
from approvals.auditing import audit_act
from departments.models import Department, Person, Position
from departments.querysets import in_force
from foundation.language.dates import format_date
from foundation.pagestore.announcing import announce
from inbox.telling import tell
from staff.models import ChangeKind, StaffChange
from staff.waiting import Waits, what_waits

DAY = datetime.timedelta(days=1)


class UndoRefused(Exception):
    """The change cannot be undone; the message says why."""


@dataclass(frozen=True)
class Asked:
    """What an administrator filled in; `day` is the first on which it is in force."""

    person: Person
    kind: ChangeKind
    day: datetime.date
    document: str = ""
    department: Department | None = None
    title: str = ""
    role: str = ""
    successor: Person | None = None
    acting_title: str = ""  # the successor heads the unit from that day, with this title

    @property
    def last(self) -> datetime.date:
        return self.day - DAY


def running(person: Person, day: datetime.date) -> QuerySet[Position]:
    """Return the person's own positions, without delegations, that would go on on that day."""
    own = Position.objects.filter(person=person, stands_in_for=None, ended_on=None, valid_from__lt=day)
    still = Q(valid_until=None) | Q(valid_until__gte=day)
    return own.filter(still).select_related("department", "person")


def delegations_beyond(person: Person, day: datetime.date) -> QuerySet[Position]:
    """Return the delegations that the person gave or holds and that go on or begin on that day or later."""
    either = Q(person=person) | Q(stands_in_for__person=person)
    lent = Position.objects.filter(either, ended_on=None, valid_until__gte=day).exclude(stands_in_for=None)
    return lent.select_related("person__user", "department", "stands_in_for__person__user")


def check(asked: Asked) -> list[Position]:
    """Return the unsaved positions that would begin. Raises ValidationError, by field of the form."""
    later = Position.objects.filter(person=asked.person, stands_in_for=None, valid_from__gte=asked.day)
    if asked.kind != ChangeKind.RETURN and (coming := later.select_related("department").first()):
        begins = format_date(coming.valid_from, "so")
        raise ValidationError(
            {"day": f"Người này còn chức danh bắt đầu ngày {begins} ({coming.title}, {coming.department})."}
        )
    if asked.kind == ChangeKind.LEAVE and not running(asked.person, asked.day).exists():
        raise ValidationError({"day": "Đến ngày này người ấy không giữ chức danh nào."})
    opened = [_new(asked.person, asked, str(asked.title), asked.role)] if asked.department else []
    headships = running(asked.person, asked.day).filter(role=Role.HEAD)
    if asked.acting_title and asked.successor:
        opened += [
            _new(asked.successor, asked, asked.acting_title, Role.HEAD, post.department) for post in headships
        ]
    ending = frozenset(running(asked.person, asked.day).values_list("pk", flat=True))
    for row in opened:
        row.compared_elsewhere = ending  # they end before these begin
        try:
            row.full_clean(validate_constraints=False)
        except ValidationError as problem:
            raise _by_field(problem, is_acting=row.person_id != asked.person.pk) from problem
    return opened


def _new(
    person: Person, asked: Asked, title: str, role: str, department: Department | None = None
) -> Position:
    words = {"title": title, "role": role, "document": asked.document, "valid_from": asked.day}
    return Position(person=person, department=department or asked.department, **words)


def _by_field(problem: ValidationError, *, is_acting: bool) -> ValidationError:
    if is_acting:
        return ValidationError({"successor": problem.messages})
    known = {"department", "title", "role"}
    found: dict[str, list[str]] = {}
    for name, sentences in problem.message_dict.items():
        found.setdefault(name if name in known else "day", []).extend(sentences)
    return ValidationError(found)


@transaction.atomic
def make_change(asked: Asked, *, by: User) -> StaffChange:
    """End the positions and delegations, begin the new ones, tell everybody concerned.

    The account is locked or opened now if the day has come, else by `settle_changes`. Raises ValidationError.
    """
    opened = check(asked)
    waits = what_waits(asked.person)
    ended = list(running(asked.person, asked.day)) if asked.kind != ChangeKind.RETURN else []
    lent = list(delegations_beyond(asked.person, asked.day)) if asked.kind != ChangeKind.RETURN else []
    before = {str(row.pk): [_iso(row.valid_until), _iso(row.ended_on)] for row in [*ended, *lent]}
    for row in [*ended, *lent]:
        _end(row, asked.last)
    for row in opened:
        row.save()
    announce(*ended, *lent, *opened)
    change = StaffChange.objects.create(
        person=asked.person,
        kind=asked.kind,
        day=asked.day,
        document=asked.document,
        successor=asked.successor,
        ended=before,
        opened=[row.pk for row in opened],
        made_by=by,
    )
    _tell_all(change, lent, waits)
    settle_changes()
    return change


def _end(row: Position, last: datetime.date) -> None:
    """End a position on its last day; one that would begin later never does."""
    if row.valid_from > last:
        row.ended_on = timezone.localdate()
        row.save(update_fields=["ended_on"])
    else:
        row.valid_until = last
        row.save(update_fields=["valid_until"])


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


@transaction.atomic
def undo_change(change: StaffChange, *, by: User) -> None:
    """Put every position back as it was.

    Raises UndoRefused from the day on, or if a position was edited or lent meanwhile.
    """
    now = timezone.now()
    if not StaffChange.objects.coming().filter(pk=change.pk).update(undone_at=now, undone_by=by):
        raise UndoRefused("Việc này đã áp dụng hoặc đã bỏ. Muốn đổi lại, hãy ghi “Trở lại làm việc”.")
    rows = list(Position.objects.select_for_update().filter(pk__in=change.ended))
    last = change.day - DAY
    if any(row.ended_on is None and row.valid_until != last for row in rows):
        raise UndoRefused("Có chức danh đã được sửa sau đó; hãy sửa ngày ở từng chức danh.")
    opened = list(Position.objects.filter(pk__in=change.opened))
    try:
        for row in opened:
            row.delete()  # none has begun, so none explains anything that was done
    except ProtectedError as problem:
        raise UndoRefused(
            "Chức danh mới đã được ủy quyền cho người khác; hãy sửa ngày ở từng chức danh."
        ) from problem
    for row in rows:
        until, taken_back = (day and datetime.date.fromisoformat(day) for day in change.ended[str(row.pk)])
        row.valid_until, row.ended_on = until, taken_back
        row.save(update_fields=["valid_until", "ended_on"])
    announce(Position)
    day = format_date(change.day, "so")
    _tell(change.person, change, "Đã bỏ thay đổi", f"Thay đổi kể từ ngày {day} không còn hiệu lực.")


def settle_changes() -> int:
    """Lock the accounts of those who have left and open those of who came back; returns how many.

    A duty of the worker. An account stays open while its person holds a position.
    """
    due = list(StaffChange.objects.due().select_related("person__user").order_by("day", "pk"))
    return sum(_settle(change) for change in due)


@transaction.atomic
def _settle(change: StaffChange) -> bool:
    if not StaffChange.objects.due().filter(pk=change.pk).update(settled_at=timezone.now()):
        return False  # another worker was faster
    user, opens = change.person.user, change.kind == ChangeKind.RETURN
    works = Position.objects.filter(in_force(timezone.localdate()), person=change.person).exists()
    if user is None or change.kind == ChangeKind.MOVE or works != opens or user.is_active == opens:
        return False
    user.is_active = opens
    user.save(update_fields=["is_active"])
    if not opens:
        end_sessions(user)
    audit_act("Mở khóa tài khoản khi trở lại" if opens else "Khóa tài khoản khi thôi việc", None, about=user)
    if opens:
        words = "Mật khẩu cũ vẫn dùng được; quên thì bấm “Quên mật khẩu?” ở trang đăng nhập."
        _tell(change.person, change, "Tài khoản đã mở lại", words)
    return True


# --- telling --------------------------------------------------------------------------------------------


def _tell_all(change: StaffChange, lent: list[Position], waits: Waits) -> None:
    day = format_date(change.day, "so")
    words = f"{change.get_kind_display()}, kể từ ngày {day}."
    if change.kind == ChangeKind.LEAVE:
        words += f" Tài khoản vào được đến hết ngày {format_date(change.day - DAY, 'so')}."
    if change.successor:
        words += f" Người tiếp nhận: {change.successor}."
    _tell(change.person, change, "Chức danh thay đổi", f"{words} {waits.words}".strip())
    if change.successor:
        taken = f"Bạn tiếp nhận việc của {change.person} kể từ ngày {day}. {waits.words}"
        _tell(change.successor, change, "Tiếp nhận việc", taken.strip())
    for row in lent:
        other = row.person if row.giver.person_id == change.person_id else row.giver.person
        _tell(other, change, "Ủy quyền kết thúc", f"Ủy quyền với {change.person} kết thúc trước ngày {day}.")


def _tell(person: Person, change: StaffChange, heading: str, words: str) -> None:
    if person.user is not None:
        about: Any = str(change.person)
        tell([person.user], "staff_change", heading, about=about, words=words, address=reverse("admin:index"))

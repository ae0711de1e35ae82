"""What a list of people would do, line by line, before anything is saved: new, update, nothing, question."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.roles import Role
from departments.matching import UnitNames, UnitUnknown
from departments.models import Department, Person, Position
from foundation.language.dates import format_date
from foundation.language.vietnamese import fold
from staff.listing.columns import Line
from staff.listing.known import Known, name_key
from staff.listing.usernames import free_username


class Outcome(Enum):
    """What happens to one line."""

    NEW = "người mới"
    UPDATE = "cập nhật"
    NOTHING = "không đổi"


@dataclass
class Somebody:
    """One person of the list, who may stand in several lines. What is unsaved has no primary key yet."""

    person: Person
    user: User
    is_new_person: bool = False
    is_new_user: bool = False
    new_email: str = ""  # to be written to an account that nobody has entered


@dataclass
class Step:
    """What one line does. `post` is a new position, or one that gets another last day."""

    line: int
    who: Somebody
    outcome: Outcome
    words: str
    post: Position | None = None


@dataclass
class Plan:
    """All lines; with one error nothing is saved. `errors` are (line, sentence)."""

    steps: list[Step] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        return sum(step.outcome is outcome for step in self.steps)


class _Question(Exception):
    """Somebody has to decide; the message says what."""


def plan_of(report: Any, *, actor: Any, default_day: datetime.date) -> Plan:
    """Return the plan of a list that was read (`records.lists.pasting.TableReport` of `Line`)."""
    rows = list(zip(report.lines, report.rows, strict=True))
    return Planner(rows, actor=actor, default_day=default_day).read()


class Planner:
    """Compares a list with the database. The number of queries does not depend on the number of lines."""

    def __init__(self, rows: Sequence[tuple[int, Line]], *, actor: Any, default_day: datetime.date):
        self.rows, self.actor, self.day = rows, actor, default_day
        self.plan = Plan()
        self.units: dict[int, Department] = {}

    def read(self) -> Plan:
        """Return the plan."""
        self._find_units(UnitNames(self.day))
        self.known = Known([line for _, line in self.rows], {unit.pk for unit in self.units.values()})
        self.met: dict[str, Somebody] = {}
        self.existing: dict[tuple[int | None, int | None], Somebody] = {}
        self.added: dict[int, list[Position]] = defaultdict(list)  # new heads by unit
        self._ask_about_namesakes()
        asked = {number for number, _ in self.plan.errors}
        # Lines that end a position first: who is head now may be followed by a line above.
        for number, line in sorted(self.rows, key=lambda row: row[1].last is None):
            if number not in asked:
                try:
                    self.plan.steps.append(self._step(number, line))
                except _Question as question:
                    self._error(number, str(question))
        self.plan.steps.sort(key=lambda step: step.line)
        return self.plan

    def _error(self, number: int, sentence: str) -> None:
        self.plan.errors.append((number, sentence))

    def _find_units(self, names: UnitNames) -> None:
        notes: dict[str, None] = {}
        for number, line in self.rows:
            try:
                found = names.find(line.unit, line.first or self.day, line.last)
            except UnitUnknown as unknown:
                self._error(number, str(unknown))
            else:
                self.units[number] = found.unit
                notes |= {found.note: None} if found.note else {}
        self.plan.notes += [f"{note}." for note in notes]

    # --- who is meant ---------------------------------------------------------------------------------

    def _ask_about_namesakes(self) -> None:
        """Ask where one name stands in several units, or one mail address beside several names."""
        by_name: dict[str, list[tuple[int, Line]]] = defaultdict(list)
        by_email: dict[str, list[tuple[int, Line]]] = defaultdict(list)
        for number, line in self.rows:
            by_name[name_key(line.name)].append((number, line))
            if line.email:
                by_email[line.email].append((number, line))
        for email, lines in by_email.items():
            if len({name_key(line.name) for _, line in lines}) > 1:
                where = ", ".join(str(number) for number, _ in lines)
                for number, _ in lines:
                    self._error(
                        number,
                        f"Thư {email} đứng ở nhiều tên (dòng {where}). Mỗi người cần hộp thư riêng; "
                        "không có thì để trống, in phiếu.",
                    )
        for lines in by_name.values():
            self._ask_about_one_name(lines)

    def _ask_about_one_name(self, lines: list[tuple[int, Line]]) -> None:
        """Ask if lines of one name, of several units or several people, do not say who is meant."""
        open_ones = [(number, line) for number, line in lines if not (line.email or line.username)]
        units = {self.units[number].pk for number, _ in lines if number in self.units}
        people = {line.email or line.username for _, line in lines} - {""}
        if len(units) < 2 and len(people) < 2:
            return
        where = ", ".join(str(number) for number, _ in lines)
        for number, line in open_ones:
            if not line.is_new and number in self.units:
                self._error(
                    number,
                    f"“{line.name}” đứng ở nhiều dòng ({where}). Một người giữ nhiều chức danh thì ghi "
                    "cùng một tên đăng nhập ở các dòng ấy; hai người trùng tên thì ghi “mới” hoặc tên đăng "
                    "nhập khác nhau.",
                )

    def _somebody(self, number: int, line: Line) -> Somebody:
        """Return who is meant by a line, the same object for two lines about one person."""
        unit = self.units[number]
        by_unit = f"{name_key(line.name)} @{unit.pk}"
        keys = [f"u {line.username}"] if line.username else []
        keys += [f"e {line.email}"] if line.email else []
        keys += [by_unit] if not line.is_new else [f"{by_unit} {number}"]
        for key in keys:
            if (met := self.met.get(key)) and not self._contradicts(met, line):
                self.met |= dict.fromkeys(keys, met)
                return met
        found = self._known(line, unit) or self._new(line, unit)
        if found.person.pk or found.user.pk:
            found = self.existing.setdefault((found.person.pk, found.user.pk), found)
        self.met |= dict.fromkeys(keys, found)
        return found

    def _contradicts(self, met: Somebody, line: Line) -> bool:
        """Return whether a namesake of the same unit is another person: another address or username."""
        other_email = bool(line.email and met.user.email and met.user.email.lower() != line.email)
        return other_email or bool(line.username and met.user.username.lower() != line.username)

    def _known(self, line: Line, unit: Department) -> Somebody | None:
        user = self.known.by_username.get(line.username) if line.username else None
        if user is None and line.email:
            owners = self.known.by_email.get(line.email, [])
            if len(owners) > 1:
                raise _Question(f"Thư {line.email} đang thuộc nhiều tài khoản; hãy ghi tên đăng nhập.")
            user = owners[0] if owners else None
        if user is not None:
            return self._by_account(line, user)
        return None if line.is_new else self._by_name(line, unit)

    def _by_account(self, line: Line, user: User) -> Somebody:
        if name_key(user.full_name) != name_key(line.name):
            by = f"Tên đăng nhập {line.username}" if line.username else f"Thư {line.email}"
            raise _Question(f"{by} đang là của {user.full_name}, không phải “{line.name}”.")
        person = self.known.by_user.get(user.pk)
        found = Somebody(person or Person(full_name=user.full_name, user=user), user, person is None)
        return self._with_email(found, line)

    def _by_name(self, line: Line, unit: Department) -> Somebody | None:
        here = self.known.in_unit(line.name, unit.pk)
        everywhere = self.known.by_name[name_key(line.name)]
        if len(here) == 1:
            person = here[0]
            if person.user is not None:
                if line.email and person.user.email.lower() not in ("", line.email) and not line.username:
                    raise _Question(
                        f"Danh bạ đã có “{line.name}” ở {unit} với thư {person.user.email}. Cùng một người "
                        f"thì ghi tên đăng nhập {person.user.username}; người khác thì ghi “mới” ở cột ấy."
                    )
                return self._with_email(Somebody(person, person.user), line)
            return Somebody(person, self._new_user(line, unit), is_new_user=True)
        if everywhere and not (line.username or line.email):
            posts = [post for person in everywhere for post in self.known.posts[person.pk]]
            where = "; ".join(f"{post.title}, {post.department}" for post in posts[:3]) or "chưa có chức danh"
            names = [person.user.username for person in everywhere if person.user]
            how = f"ghi tên đăng nhập {' hoặc '.join(names)}" if names else "hãy sửa trong Danh bạ"
            raise _Question(
                f"Danh bạ đã có “{line.name}” ({where}). Cùng một người thì {how}; người khác thì ghi “mới” "
                "ở cột Tên đăng nhập."
            )
        return None

    def _with_email(self, found: Somebody, line: Line) -> Somebody:
        """Note the address for an account that nobody has entered; of others no list changes it."""
        user = found.user
        if line.email and line.email != user.email.lower():
            if user.has_entered or user.is_superuser:
                kept = user.email or "để trống"
                self.plan.notes.append(f"{user.full_name}: thư giữ nguyên {kept}; đổi ở trang tài khoản.")
            else:
                found.new_email = line.email
        return found

    def _new(self, line: Line, unit: Department) -> Somebody:
        user = self._new_user(line, unit)
        return Somebody(Person(full_name=line.name, user=user), user, True, True)

    def _new_user(self, line: Line, unit: Department) -> User:
        username = line.username or free_username(line.name, unit, self.known.taken)
        self.known.taken.add(username)
        user = User(username=username, full_name=line.name, email=line.email, is_staff=True)
        user.form_of_address = line.address
        user.set_unusable_password()
        return user

    # --- what happens -----------------------------------------------------------------------------------

    def _step(self, number: int, line: Line) -> Step:
        who, unit = self._somebody(number, line), self.units[number]
        self._refuse_own_role(who, line)
        post = None if who.person.pk is None else self.known.same_post(who.person, unit.pk, line, self.day)
        if post is None:
            post = self._new_post(number, who, line)
            what = f"{line.title}, {unit} ({_role_words(line.role)}), {post.period}"
            is_new = (who.is_new_person or who.is_new_user) and not self._earlier_of(who)
            words = f"{self._account_words(who)}{what}" if is_new else f"thêm {what}"
            return Step(number, who, Outcome.NEW if is_new else Outcome.UPDATE, words, post)
        if line.last and line.last != post.valid_until:
            post.valid_until = line.last
            until = format_date(line.last, "so")
            return Step(number, who, Outcome.UPDATE, f"{line.title}, {unit}: đến hết {until}", post)
        if who.is_new_user or who.new_email:
            return Step(number, who, Outcome.UPDATE, self._account_words(who).rstrip(", "))
        if fold(post.title) != fold(line.title):
            self.plan.notes.append(
                f"{who.person.full_name} đang là “{post.title}” ở {unit}, bảng ghi “{line.title}”: chức danh "
                "giữ nguyên; cần đổi thì sửa ở Danh bạ."
            )
        return Step(number, who, Outcome.NOTHING, f"đã là {post.title}, {unit}")

    def _account_words(self, who: Somebody) -> str:
        if who.is_new_user:
            return f"tài khoản {who.user.username}, "
        return f"thư {who.new_email}, " if who.new_email else ""

    def _refuse_own_role(self, who: Somebody, line: Line) -> None:
        if who.user.pk == self.actor.pk and line.role and not self.actor.is_superuser:
            raise _Question("Không ai tự giao vai trò cho mình: hãy nhờ một quản trị viên khác.")

    def _new_post(self, number: int, who: Somebody, line: Line) -> Position:
        unit = self.units[number]
        post = Position(person=who.person, department=unit, title=line.title, role=line.role)
        post.valid_from, post.valid_until, post.document = line.first or self.day, line.last, line.document
        for other in [*self.known.posts[who.person.pk or 0], *self._earlier_of(who)]:
            if other.department_id == unit.pk and other.role == line.role and other.meets(post):
                same = bool(line.role) or fold(other.title) == fold(line.title)
                if same:
                    raise _Question(
                        f"“{line.name}” đã giữ vai trò ấy ở {unit} ({other.title}, {other.period}); "
                        "hãy sửa ở Danh bạ, hoặc bỏ dòng này."
                    )
        if line.role == Role.HEAD:
            for head in [*self.known.heads[unit.pk], *self.added[unit.pk]]:
                if head.meets(post):
                    raise _Question(
                        f"{unit} đã có người đứng đầu {head.period}: {head.person}. "
                        "Hãy ghi ngày kết thúc cho người đó trước."
                    )
            self.added[unit.pk].append(post)
        try:
            post.clean_fields(exclude=("person", "department"))
            post.check_unit()
        except ValidationError as problem:
            raise _Question(" ".join(problem.messages)) from problem
        return post

    def _earlier_of(self, who: Somebody) -> list[Position]:
        """Return the new positions of the same person in the lines before."""
        return [step.post for step in self.plan.steps if step.who is who and step.post is not None]


def _role_words(role: str) -> str:
    return Role(role).label if role else "không giữ vai trò"

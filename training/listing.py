"""A pasted list of people is read line by line: what will be sent, what is asked about, what is not sent.

Nothing is saved here. The same reading runs again with the enrolment locked before anybody gets a place.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from departments.matching import UnitNames, UnitUnknown
from departments.models import Person
from foundation.language.capitals import is_in_capitals
from foundation.language.vietnamese import fold
from foundation.sheets.doubts import by_cause
from records.lists.pasting import Table, read_rows
from training.enrolling import places_left
from training.enums import QuestionKind
from training.known import Directory
from training.models import InvitedUnit, Participant, Question

OK, ASKED, BAD, LEFT_OUT = "ok", "warn", "bad", "out"
DROP, SAME, OTHER = "drop", "same", "other"
_DASHED = re.compile(r"\s+[–—-]\s+")
# Before a name, never part of one.
_HONORIFIC = re.compile(
    r"^(?:ông|bà|thầy|cô|anh|chị|đ/c|đồng chí|ths\.?|ts\.?)\s+(?=\S+\s+\S)", re.IGNORECASE
)
_HAS_DIGIT = re.compile(r"\d")
_MOST_SIGNS = 150
HEADINGS = {
    "name": ("Họ và tên", "Họ tên", "Tên", "Người dự", "Đại biểu", "Họ và tên người dự"),
    "title": ("Chức vụ", "Chức danh", "Chức vụ, đơn vị", "Nhiệm vụ"),
    "email": ("Thư điện tử", "Email", "E-mail", "Mail", "Địa chỉ thư"),
    "unit": ("Đơn vị", "Trường", "Đơn vị công tác", "Cơ quan"),
    "unused": ("Điện thoại", "Số điện thoại", "SĐT", "Ghi chú", "Giới tính", "Ký tên", "Ký nhận"),
}


@dataclass(frozen=True)
class Line:
    """One line of the list and what becomes of it.

    `choices` are (answer, label) while it asks something, `said` is what was answered.
    """

    number: int
    key: str
    name: str
    title: str = ""
    email: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    person: Person | None = None
    verdict: str = OK
    message: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    said: str = ""


@dataclass
class Reading:
    """The lines in order, what is wrong with the table as a whole, and what was left out of it."""

    lines: list[Line] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def good(self) -> list[Line]:
        return [line for line in self.lines if line.verdict == OK]

    @property
    def stopped(self) -> list[Line]:
        """The lines that are not sent until somebody answers or corrects them."""
        return [line for line in self.lines if line.verdict in (ASKED, BAD)]


def table_for(questions: list[Question], *, asks_email: bool) -> Table:
    """Return how the list is read: by headings, or name, title and mail in this order."""
    columns = {name: words for name, words in HEADINGS.items() if asks_email or name != "email"}
    columns |= {question.key: (question.label,) for question in questions}
    example = [
        ("Nguyễn Thị Lan", "Giáo viên Ngữ văn", "lan@truong.edu.vn"),
        ("Y Phu Êban", "Bí thư Đoàn", ""),
    ]
    width = 3 if asks_email else 2
    shown = tuple(HEADINGS[name][0] for name in ("name", "title", "email")[:width])
    return Table(columns, width, dict, (shown, *(line[:width] for line in example)), frozenset())


def read_people(
    text: str,
    unit: InvitedUnit,
    questions: list[Question],
    *,
    said: Mapping[str, str],
    usual: Mapping[str, str],
) -> Reading:
    """Read the list for one unit.

    `said` are the answers to lines by `Line.key`, `usual` the answers to questions where the table has none.
    """
    report = read_rows(_tabbed(text), table_for(questions, asks_email=unit.enrolment.asks_email))
    reading = Reading(notes=list(report.notes))
    if report.errors and not report.rows:
        reading.errors = by_cause(report.errors)
        return reading
    typed = sorted(zip(report.lines, report.rows, strict=True), key=lambda pair: pair[0])
    reader = _Reader(unit, questions, said, usual, [_clean_name(cells.get("name", "")) for _, cells in typed])
    lines = [reader.read_line(number, cells) for number, cells in typed]
    lines += [Line(number, "", "", verdict=BAD, message=words) for number, words in report.errors]
    reading.lines = sorted(lines, key=lambda line: line.number)
    return reading


def as_participant(line: Line, unit: InvitedUnit) -> Participant:
    """Return the unsaved person of a line."""
    return Participant(
        unit=unit,
        unit_name=unit.name,
        full_name=line.name,
        title=line.title,
        email=line.email,
        person=line.person,
        answers=dict(line.answers),
    )


def check_answer(question: Question, typed: str) -> tuple[str, str]:
    """Return (answer as it is kept, what is wrong with it)."""
    answer = " ".join(typed.split())
    if not answer:
        return "", f"{question}: chưa trả lời." if question.is_required else ""
    if not question.choices:
        return answer[:200], ""
    known = {fold(choice): choice for choice in question.choices}
    found = known.get(fold(answer)) or _meal(question, answer)
    if found:
        return found, ""
    return "", f"{question}: “{answer}” không phải một trong: {', '.join(question.choices)}."


def _meal(question: Question, answer: str) -> str:
    if question.kind != QuestionKind.MEAL:
        return ""
    words = {"co": 0, "x": 0, "an": 0, "man": 0, "an man": 0, "chay": 1, "khong": 2, "ko": 2}
    place = words.get(fold(answer))
    return "" if place is None else question.choices[place]


def _tabbed(text: str) -> str:
    """Return the list with tabs where people typed “Tên – chức vụ – thư” or “Tên - chức vụ”."""
    lines = [line for line in text.splitlines() if line.strip()]
    if "\t" in text or sum(bool(_DASHED.search(line)) for line in lines) * 2 < len(lines) or not lines:
        return text
    return "\n".join(_DASHED.sub("\t", line) for line in text.splitlines())


def _clean_name(name: str) -> str:
    name = _HONORIFIC.sub("", name.strip(" .,;"))
    if is_in_capitals(name) or name.islower():
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    return name


class _Reader:
    """Judges the lines of one unit's list, in order: who comes first gets the place."""

    def __init__(
        self,
        unit: InvitedUnit,
        questions: list[Question],
        said: Mapping[str, str],
        usual: Mapping[str, str],
        names: list[str],
    ):
        self.unit, self.questions, self.said, self.usual = unit, questions, said, usual
        self.directory = Directory(names, unit)
        standing = list(Participant.objects.standing().filter(unit=unit).only("full_name", "person"))
        self.enrolled = {one.name_key for one in standing}
        self.persons = {one.person_id for one in standing if one.person_id}
        self.lines: dict[str, int] = {}
        self.free = max(unit.places - len(standing), 0)
        self.left = places_left(unit.enrolment)
        if unit.enrolment.people.waiting().exists():
            self.left = 0
        self.units: UnitNames | None = None

    def read_line(self, number: int, cells: dict[str, str]) -> Line:
        name = _clean_name(cells.get("name", ""))
        key = f"{number}-{zlib.crc32(fold(name).encode()):08x}"
        line = Line(number, key, name, cells.get("title", ""), cells.get("email", "").lower())
        said = self.said.get(key, "")
        line = replace(line, said=said)
        if said == DROP:
            return replace(line, verdict=LEFT_OUT, message="Bỏ dòng này.")
        if wrong := self._wrong(line, cells):
            return replace(line, verdict=BAD, message=wrong, choices=((DROP, "Bỏ dòng này"),))
        line = replace(line, answers=self._answers(cells)[0])
        line = self._who(line, said)
        return self._placed(line) if line.verdict == OK else line

    def _wrong(self, line: Line, cells: dict[str, str]) -> str:
        if _HAS_DIGIT.search(line.name):
            return "Họ tên có chữ số: hãy xem lại cột."
        if len(line.name.split()) < 2:
            return f"“{line.name}” chưa đủ họ và tên."
        if max(len(line.name), len(line.title)) > _MOST_SIGNS:
            return f"Họ tên hoặc chức vụ dài quá {_MOST_SIGNS} ký tự."
        if line.email and not _is_email(line.email):
            return f"Thư điện tử “{line.email}” không đúng."
        return self._other_unit(cells.get("unit", "")) or self._answers(cells)[1]

    def _other_unit(self, word: str) -> str:
        """Return what is said when the line names another unit; a name that nobody knows is no fault."""
        if not word:
            return ""
        day = self.unit.enrolment.day
        self.units = self.units or UnitNames(day)
        try:
            found = self.units.find(word, day, day).unit
        except UnitUnknown:
            return ""
        if found.pk == self.unit.department_id:
            return ""
        return f"Dòng này ghi đơn vị {found}, không phải {self.unit}. Đơn vị ấy tự đăng ký."

    def _answers(self, cells: dict[str, str]) -> tuple[dict[str, str], str]:
        answers, wrong = {}, ""
        for question in self.questions:
            typed = cells.get(question.key, "") or self.usual.get(question.key, "")
            answer, said = check_answer(question, typed)
            wrong = wrong or said
            if answer:
                answers[question.key] = answer
        return answers, wrong

    def _who(self, line: Line, said: str) -> Line:
        match, name_key = self.directory.find(line.name), fold(line.name)
        is_other = said == OTHER
        drop, other = (DROP, "Bỏ dòng này"), (OTHER, "Người khác, trùng tên")
        if name_key in self.lines and not is_other:
            words = f"Trùng dòng {self.lines[name_key]}."
            return replace(line, verdict=BAD, message=words, choices=(drop, other))
        if name_key in self.enrolled and not is_other:
            words = "Đã có trong danh sách đơn vị đã gửi."
            return replace(line, verdict=BAD, message=words, choices=(drop, other))
        if match.person and not is_other and match.person.pk not in self.persons:
            if not match.is_exact and said != SAME:
                words = f"Danh bạ của đơn vị có {match.person} ({match.title})."
                choices = ((SAME, "Đúng là người này"), (OTHER, "Người khác"), drop)
                return replace(line, verdict=ASKED, message=words, choices=choices)
            self.persons.add(match.person.pk)
            words = "Khớp danh bạ của đơn vị."
            title = line.title or match.title
            return replace(line, name=match.person.full_name, title=title, person=match.person, message=words)
        if match.elsewhere and not is_other:
            words = f"Danh bạ có người cùng tên ở {match.elsewhere}."
            return replace(
                line, verdict=ASKED, message=words, choices=((OTHER, "Người của đơn vị tôi"), drop)
            )
        return replace(line, message="Chưa có trong danh bạ; vẫn đăng ký được.")

    def _placed(self, line: Line) -> Line:
        if self.free <= 0:
            words = f"Quá số được cử ({self.unit.places} người)."
            return replace(line, verdict=BAD, message=words, person=None, choices=((DROP, "Bỏ dòng này"),))
        self.free -= 1
        self.lines.setdefault(fold(line.name), line.number)
        if self.left is None:
            return line
        if self.left <= 0:
            return replace(line, message=f"{line.message} Hết chỗ: vào danh sách chờ.")
        self.left -= 1
        return line


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True

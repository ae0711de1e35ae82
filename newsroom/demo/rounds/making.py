"""The demo's rounds of commendation: the one that led to the seed's decision, and one that is open now.

Of the first only its result is real (2 collectives, 5 individuals, communications work of 2017); who proposed
whom, and every other name, is invented.
"""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from approvals.engine import take
from awards.enums import RecipientKind
from awards.models import AwardKind, Decision
from departments.models import Department, Person, SchoolYear
from foundation.language.school_years import school_year_on
from newsroom.demo.clock import VIETNAM, at, days_from, moment
from newsroom.demo.papers import scanned
from newsroom.demo.registers import INVENTED, Given, PaperOrder
from rounds.models import Nominee, Proposal, ReceivedProposal, Round, RoundAward
from rounds.papers import add_paper, required_papers
from rounds.workflow.nominee import NOMINEE
from rounds.workflow.proposal import PROPOSAL, SCREENING
from rounds.workflow.round import ROUND

CRITERIA = (
    "Tập thể, cá nhân đưa tin về hoạt động của đơn vị đều trong năm, ảnh đẹp, chữ đúng; "
    "giúp đồng nghiệp viết tin."
)
# Which head's unit proposed whom; everybody else was proposed by the Sở's own board.
HEADS = {"THPT-CVA": "truongdonvi", "NT-KA": "truongdonvi2"}
_ONE, _ALL = RecipientKind.INDIVIDUAL, RecipientKind.COLLECTIVE
NOT_CHOSEN = Given(_ONE, "Trần Thị Ví Dụ", "THPT-CVA", "Giáo viên", "Trường THPT Chu Văn An")
OPEN_NOW = {
    "truongdonvi": (
        "THPT-CVA",
        Given(_ALL, "Tổ Ngữ văn", "THPT-CVA", unit_name="Trường THPT Chu Văn An"),
        Given(_ONE, "Nguyễn Thị Hồng Nhung", "THPT-CVA", "Giáo viên", "Trường THPT Chu Văn An"),
        Given(_ONE, "Lê Văn Mẫu", "THPT-CVA", "Giáo viên", "Trường THPT Chu Văn An"),
    ),
    "thuky": (
        "SGD-DL",
        Given(_ALL, "Ban truyền thông (tập thể minh họa)", "SGD-DL"),
        Given(_ONE, "Phạm Thị Ví Dụ", "SGD-DL", "Chuyên viên", "Sở Giáo dục và Đào tạo"),
    ),
}


class DemoRounds:
    """Makes the rounds by the product's own steps, each at its own time."""

    def __init__(self, units: dict[str, Department], users: dict[str, User], years: dict[int, SchoolYear]):
        self.units, self.users, self.years = units, users, years

    def draft_seed(self, order: PaperOrder, decision: Decision) -> Decision:
        """Run the round of 2017 up to the draft of `decision`, which is not saved yet; return it saved."""
        round_ = self._open(
            decision.issuer, "Công tác truyền thông năm 2017", moment(2017, 9, 15), moment(2017, 10, 20, 17)
        )
        proposed: dict[str, list[Given]] = {}
        for given in (*order.given, NOT_CHOSEN):
            proposed.setdefault(HEADS.get(given.unit, "thuky"), []).append(given)
        for username, some in proposed.items():
            unit = some[0].unit if username in HEADS.values() else "SGD-DL-2004"
            self._propose(
                round_, unit, username, some, when=moment(2017, 10, 12), achievement=order.achievement
            )
        with at(moment(2017, 10, 25)):
            for nominee in Nominee.objects.filter(proposal__round=round_):
                is_chosen = nominee.recipient_name != NOT_CHOSEN.name
                note = "" if is_chosen else "Chưa đủ số tin, bài theo tiêu chí."
                self._take(NOMINEE, nominee, "accept" if is_chosen else "decline", "thidua", note)
            self._take(ROUND, round_, "close", "thidua")
        with at(datetime.datetime.combine(decision.signed_on, datetime.time(8), VIETNAM)):
            self._take(ROUND, round_, "draft", "thidua", decision=decision)
        return Decision.objects.get(pk=decision.pk)

    def finish(self, decision: Decision) -> None:
        """Tell the results of the round that led to a decision, the day after it was made public."""
        round_ = Round.objects.get(decision=decision)
        day = decision.signed_on + datetime.timedelta(days=1)
        with at(datetime.datetime.combine(day, datetime.time(8), VIETNAM)):
            self._take(ROUND, round_, "finish", "thidua")

    def open_now(self, now: datetime.datetime) -> None:
        """Leave one round open: proposals sent, one waiting for papers, one still with its unit."""
        year = school_year_on(now)
        title = f"Công tác truyền thông năm học {year}–{year + 1}"
        round_ = self._open(self.units["SGD-DL"], title, days_from(now, -20, 8), days_from(now, 9, 17))
        for username, (unit, *some) in OPEN_NOW.items():
            self._propose(round_, unit, username, some, when=days_from(now, -3, 9))
        with at(days_from(now, -1, 10)):
            drafting = Proposal.objects.create(round=round_, department=self.units["NT-KA"])
            self._name(drafting, Given(_ONE, "H’Nương Byă", "NT-KA", "Giáo viên"), 1)
            doubtful = Nominee.objects.filter(proposal__round=round_, recipient_name="Lê Văn Mẫu")
            doubtful.update(is_under_discipline=True, discipline_words="đơn thư chưa trả lời (minh họa)")
            accepted = Nominee.objects.get(proposal__round=round_, recipient_name="Tổ Ngữ văn")
            self._take(NOMINEE, accepted, "accept", "thidua")
            boards = ReceivedProposal.objects.get(round=round_, department=self.units["SGD-DL"])
            self._take(SCREENING, boards, "ask_papers", "thidua", "Báo cáo thiếu xác nhận của Văn phòng Sở.")

    def _open(
        self, host: Department, title: str, opened: datetime.datetime, deadline: datetime.datetime
    ) -> Round:
        first = school_year_on(opened)
        with at(opened):
            round_ = Round.objects.create(
                title=title,
                host=host,
                school_year=self.years.get(first),
                criteria=f"{CRITERIA} {INVENTED}",
                achievement="Có nhiều thành tích trong công tác truyền thông",
                deadline=deadline,
                counted_from=datetime.date(first - (opened.month < 12), 9, 1),
                counted_until=deadline.date(),
            )
            RoundAward.objects.create(round=round_, award_kind=AwardKind.objects.get(name="Giấy khen"))
            return self._take(ROUND, round_, "open", "thidua")

    def _propose(
        self,
        round_: Round,
        unit: str,
        username: str,
        some: list[Given],
        *,
        when: datetime.datetime,
        achievement: str = "",
    ) -> None:
        department, user = self.units[unit], self.users[username]
        with at(when):
            proposal = Proposal.objects.create(round=round_, department=department)
            for place, given in enumerate(some, start=1):
                self._name(proposal, given, place, achievement)
            for kind in required_papers(proposal):
                page = scanned(str(department), kind.label, str(round_), when.date())
                add_paper(proposal, kind, SimpleUploadedFile(f"{kind.label}.pdf", page), by=user)
            self._take(PROPOSAL, proposal, "submit", username)

    def _name(self, proposal: Proposal, given: Given, place: int, achievement: str = "") -> None:
        Nominee.objects.create(
            proposal=proposal,
            award_kind=AwardKind.objects.get(name="Giấy khen"),
            recipient_kind=given.kind,
            recipient_name=given.name,
            recipient_title=given.title,
            unit_name=given.unit_name,
            department=self.units[given.unit],
            person=Person.objects.filter(full_name=given.name).first(),
            achievement=achievement,
            position=place,
        )

    def _take(self, workflow: Any, record: Any, step: str, username: str, note: str = "", **data: Any) -> Any:
        now = type(record).objects.get(pk=record.pk)
        return take(
            workflow, now, step, actor=self.users[username], version=now.version, note=note, data=data
        )

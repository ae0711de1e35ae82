"""The first page: the tasks of all parts of a person, and their week."""

from functools import cached_property
from typing import Any, NamedTuple

from django.utils import timezone

from foundation.language.dates import format_date
from newsroom.home import administering, deciding, registering, watching, writing
from newsroom.home.task import BAD, WARN, Found, Source, Task
from newsroom.home.week import Week, week_of

WAITING_FOR_YOU = "viec-cho"
SHOWN = 12  # tasks of one panel below the first
FIGURES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")

WAITING: tuple[Source, ...] = (
    administering.troubles,
    deciding.late_releases,
    deciding.taken_down,
    deciding.stories,
    deciding.records,
    deciding.proposals,
    writing.returned,
    writing.unfinished_proposals,
    registering.rounds,
    registering.unsent_decisions,
    registering.data_requests,
    registering.unsent_events,
    registering.without_file,
    administering.requests,
)
WATCHED: tuple[Source, ...] = (watching.unanswered, watching.overdue, watching.early)
DIRECTORY: tuple[Source, ...] = (
    administering.missing,
    administering.people_without_position,
    administering.units_without_manager,
    administering.units_without_head,
)


class More(NamedTuple):
    """How many of one kind are not shown, and where they are."""

    count: int
    noun: str
    address: str


class Panel:
    """One list of the page: its first tasks in order, and of each kind how many more there are."""

    def __init__(self, name: str, title: str, found: list[Found]):
        self.name, self.title = name, title
        self.total = sum(one.total for one in found)
        every = sorted((task for one in found for task in one.tasks), key=lambda task: task.place)
        self.tasks = every[:SHOWN]
        shown = set(map(id, self.tasks))
        left = [(one, one.total - sum(id(task) in shown for task in one.tasks)) for one in found]
        self.more = [More(count, one.noun, one.address) for one, count in left if count]

    def take_first(self) -> Task | None:
        """Return the first task, which is then shown above the list."""
        return self.tasks.pop(0) if self.tasks else None


class Home:
    """What the first page of a person shows; read when the template asks."""

    def __init__(self, user: Any):
        self.user, self.today = user, timezone.localdate()

    @cached_property
    def panels(self) -> list[Panel]:
        """The panels with something in them; the first task of all stands above them."""
        plan = (
            (WAITING_FOR_YOU, "Việc chờ {}", WAITING),
            ("theo-doi", "Cần xem lại", WATCHED),
            ("danh-ba", "Còn thiếu để chạy việc", DIRECTORY),
        )
        who = self.user.form_of_address
        found = [
            Panel(name, title.format(who), [one for source in sources for one in source(self.user)])
            for name, title, sources in plan
        ]
        return [panel for panel in found if panel.total]

    @cached_property
    def first(self) -> Task | None:
        """The one thing to do first."""
        return self.panels[0].take_first() if self.panels else None

    @cached_property
    def week(self) -> Week:
        return week_of(self.user)

    @property
    def summary(self) -> str:
        """“Thứ Tư, 18/11/2026. Sáu việc đang chờ chị: một việc quá hạn, một việc cần làm ngay.”"""
        tasks = [self.first] if self.first else []
        tasks += [task for panel in self.panels for task in panel.tasks]
        total = sum(panel.total for panel in self.panels if panel.name == WAITING_FOR_YOU)
        others = sum(panel.total for panel in self.panels) - total
        who, day = self.user.form_of_address, format_date(self.today, "dong-dau")
        if not total:
            seen = f"; {in_words(others)} điều cần xem lại" if others else ""
            return f"{day}. Không có việc nào đang chờ {who}{seen}."
        kinds = ((BAD, "việc cần xem ngay"), (WARN, "việc quá hạn"))
        if any(panel.more for panel in self.panels):  # how many of those not shown are late is not known
            kinds = ()
        counted = [(sum(task.tone == tone for task in tasks), words) for tone, words in kinds]
        told = [f"{in_words(count)} {words}" for count, words in counted if count]
        said = f"{in_words(total)} việc đang chờ {who}"
        return f"{day}. {said[0].upper()}{said[1:]}{': ' if told else ''}{', '.join(told)}."


def in_words(count: int) -> str:
    """Return the number in words up to ten, else in figures."""
    return FIGURES[count] if count < len(FIGURES) else f"{count}"

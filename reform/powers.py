"""Who may approve the work of which unit on the day before a reform and on the day itself."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from departments.access import holders_over
from departments.lineage import ApprovalLine
from departments.models import Department

DAY = datetime.timedelta(days=1)
ACTS = {
    "articles.approve_article": "bài",
    "events.approve_event": "sự kiện",
    "awards.publish_decision": "khen thưởng",
}
NOBODY = "Không ai"


@dataclass
class Change:
    """Units for whose work the same people are replaced by the same others."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    units: list[Department] = field(default_factory=list)


def changes_of_power(units: set[int], day: datetime.date) -> tuple[set[int], list[Change]]:
    """Return the given units with all under them, and for which of these who approves changes on `day`.

    Those that lose everybody come first, then the largest groups.
    """
    last = day - DAY
    before, after = ApprovalLine(last), ApprovalLine(day)
    everybody = before.under(units) | after.under(units)
    lines = _words(everybody, last, before), _words(everybody, day, after)
    changes: dict[tuple, Change] = {}
    for unit in Department.objects.filter(pk__in=everybody).order_by("sort_key", "pk"):
        then, now = (line.get(unit.pk, ()) for line in lines)
        if not unit.is_open_on(last):
            then = ()
        if then != now:
            changes.setdefault((then, now), Change(then, now)).units.append(unit)
    return everybody, sorted(changes.values(), key=lambda one: (bool(one.after), -len(one.units)))


def _words(units: set[int], day: datetime.date, line: ApprovalLine) -> dict[int, tuple[str, ...]]:
    """Return “Trần Văn Minh, Hiệu trưởng, Trường A (bài, sự kiện)” by unit, nearest first."""
    found: dict[int, list[str]] = defaultdict(list)
    for unit, holders in holders_over(units, tuple(ACTS), day, line).items():
        for post, perms in holders:
            acts = [word for perm, word in ACTS.items() if perm in perms]
            what = "" if len(acts) == len(ACTS) else f" ({', '.join(acts)})"
            found[unit].append(f"{post.person}, {post.title}, {post.department}{what}")
    return {unit: tuple(words) for unit, words in found.items()}

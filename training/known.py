"""Who of the directory a typed name means, for one unit on the day of the event. Three queries in all."""

from collections import defaultdict
from dataclasses import dataclass

from departments.models import Person, Position
from foundation.language.vietnamese import fold, nfc
from training.models import InvitedUnit


@dataclass(frozen=True)
class Match:
    """`person` is of the unit itself; `elsewhere` names a unit when only others have somebody of this name.

    `is_exact` says that every mark agrees.
    """

    person: Person | None = None
    title: str = ""
    is_exact: bool = False
    several: bool = False
    elsewhere: str = ""


class Directory:
    """The people of the directory who hold a position that day and are called like one of the names."""

    def __init__(self, names: list[str], unit: InvitedUnit):
        keys = {fold(name) for name in names}
        own = Position.objects.on(unit.enrolment.day).filter(department=unit.department_id)
        self._own: dict[str, dict[int, Position]] = defaultdict(dict)
        for post in own.select_related("person"):
            self._own[fold(post.person.full_name)].setdefault(post.person_id, post)
        others = Position.objects.on(unit.enrolment.day).filter(person__full_name__in=names)
        others = others.exclude(department=unit.department_id).select_related("person", "department")
        self._others = {
            nfc(post.person.full_name): post.department.name
            for post in others
            if fold(post.person.full_name) in keys
        }

    def find(self, name: str) -> Match:
        """Return who is meant: somebody of the unit whatever the marks, else a hint to another unit."""
        posts = list(self._own.get(fold(name), {}).values())
        exact = [post for post in posts if nfc(post.person.full_name) == nfc(name)]
        for found in (exact, posts):
            if len(found) == 1:
                return Match(found[0].person, found[0].title, is_exact=bool(exact))
            if found:
                return Match(several=True)
        return Match(elsewhere=self._others.get(nfc(name), ""))

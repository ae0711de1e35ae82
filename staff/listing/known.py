"""Who of a list is known already: accounts by username and mail address, people by name."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from accounts.roles import Role
from departments.models import Person, Position
from foundation.language.searching import search_text
from foundation.language.vietnamese import fold
from staff.listing.columns import Line


def name_key(name: str) -> str:
    """Return a person's name as it is compared: exactly, but for case and spaces; marks count."""
    return " ".join(name.lower().split())


class Known:
    """What the database says about the people of a list. Makes five queries, however long the list is."""

    def __init__(self, lines: Iterable[Line], units: Iterable[int]):
        lines = list(lines)
        accounts = User.objects.only("username", "email", "full_name", "password", "is_active")
        self.taken = {name.lower() for name in User.objects.values_list("username", flat=True)}
        emails = {line.email for line in lines if line.email}
        named = {line.username for line in lines if line.username}
        # Stored addresses may have capitals; there are few enough accounts to compare in Python.
        rows = [user for user in accounts if user.username.lower() in named or user.email.lower() in emails]
        self.by_username = {user.username.lower(): user for user in rows}
        self.by_email: dict[str, list[User]] = defaultdict(list)
        for user in rows:
            self.by_email[user.email.lower()].append(user)
        keys = {search_text(line.name) for line in lines}
        either = Q(search_key__in=keys) | Q(user__in=[user.pk for user in rows])
        people = Person.objects.filter(either).select_related("user")
        self.people = {person.pk: person for person in people}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        for person in self.people.values():
            self.by_name[name_key(person.full_name)].append(person)
        self.by_user = {person.user_id: person for person in self.people.values() if person.user_id}
        self.posts: dict[int, list[Position]] = defaultdict(list)
        self.heads: dict[int, list[Position]] = defaultdict(list)
        held = Q(person__in=self.people) | Q(role=Role.HEAD, department__in=set(units))
        rows_held = Position.objects.filter(held, stands_in_for=None, ended_on=None)
        for post in rows_held.select_related("department", "person"):
            if post.person_id in self.people:
                self.posts[post.person_id].append(post)
            if post.role == Role.HEAD:
                self.heads[post.department_id].append(post)

    def in_unit(self, name: str, unit: int) -> list[Person]:
        """Return the people of this name who hold or held a position in the unit."""
        return [
            person
            for person in self.by_name[name_key(name)]
            if any(post.department_id == unit for post in self.posts[person.pk])
        ]

    def same_post(self, person: Person, unit: int, line: Line, first: datetime.date) -> Position | None:
        """Return the position that the line repeats: same unit and role (or title, without a role), on a
        common day."""
        meant = Position(valid_from=line.first or first, valid_until=line.last)
        for post in self.posts[person.pk]:
            is_same = bool(line.role) or fold(post.title) == fold(line.title)
            if (post.department_id, post.role) == (unit, line.role) and is_same and post.meets(meant):
                return post
        return None

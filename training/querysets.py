"""Who sees which enrolment and which people. No public address may read any of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from approvals.enums import RecordStatus
from departments.access import rights, scope
from training.enums import EnrolmentStatus

RUN, ENROL, VIEW, CHECK_IN = (
    "training.change_enrolment",
    "training.add_participant",
    "training.view_participant",
    "training.check_in_participant",
)


def enrolling_units(user: Any) -> set[int]:
    """Return the ids of the units in which the user holds a position that gives the right to enrol people."""
    held = rights(user)
    return {position.department_id for position in held.granting(ENROL)} if held else set()


def hosted_by(user: Any) -> set[int]:
    """Return the ids of the units whose enrolments the user runs or audits."""
    return scope(user, RUN) | scope(user, VIEW)


class EnrolmentQuerySet(models.QuerySet):
    """Enrolments of events."""

    def visible_to(self, user: Any) -> Self:
        """Return the enrolments of the user's host units, and those that invited one of their own units."""
        invited = Q(units__department__in=enrolling_units(user)) & ~Q(status=EnrolmentStatus.PREPARING)
        hosted = Q(event__host__in=hosted_by(user))
        return self.filter(pk__in=self.model.objects.filter(hosted | invited).order_by().values("pk"))


class InvitedUnitQuerySet(models.QuerySet):
    """Units that may send people."""

    def visible_to(self, user: Any) -> Self:
        """Return the user's own units, and every unit of the enrolments that the user runs or audits.

        The heads of units above read nothing here: a list of people is between its unit and the office.
        """
        own = Q(department__in=enrolling_units(user)) & ~Q(enrolment__status=EnrolmentStatus.PREPARING)
        return self.filter(own | Q(enrolment__event__host__in=hosted_by(user)))


class ParticipantQuerySet(models.QuerySet):
    """People of an enrolment."""

    def standing(self) -> Self:
        """Return those who were not withdrawn, the waiting list included."""
        return self.filter(withdrawn_at=None)

    def placed(self) -> Self:
        """Return those who have a place."""
        return self.filter(withdrawn_at=None, waiting_since=None)

    def waiting(self) -> Self:
        """Return the waiting list, first come first."""
        rows = self.filter(withdrawn_at=None, waiting_since__isnull=False)
        return rows.order_by("waiting_since", "pk")


class AttestationListQuerySet(models.QuerySet):
    """Lists of who gets a paper of attendance."""

    def visible_to(self, user: Any) -> Self:
        """Return the lists of the units whose lists the user may read or change."""
        perms = ("training.view_attestationlist", "training.change_attestationlist")
        return self.filter(host__in=scope(user, perms[0]) | scope(user, perms[1]))


class AttestationQuerySet(models.QuerySet):
    """Papers of attendance."""

    def given(self) -> Self:
        """Return the papers of approved lists, the revoked ones too: what a code may be verified of."""
        return self.filter(list__status=RecordStatus.PUBLIC, number__isnull=False)

    def corrected(self) -> Self:
        """Return the papers that were given and whose list was taken back to be corrected."""
        return self.filter(number__isnull=False).exclude(list__status=RecordStatus.PUBLIC)

    def valid(self) -> Self:
        """Return the papers that were not revoked."""
        return self.filter(revoked_on=None)

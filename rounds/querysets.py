"""Who sees which round and which proposal. Nothing here is ever public."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from departments.access import rights, scope
from departments.lineage import ApprovalLine
from rounds.enums import ProposalStatus, RoundStatus

PROPOSE, SUBMIT, RUN, SCREEN, VIEW = (
    "rounds.add_proposal",
    "rounds.submit_proposal",
    "rounds.change_round",
    "rounds.screen_proposal",
    "rounds.view_proposal",
)
# What a unit has not sent is its own business.
UNSENT = (ProposalStatus.DRAFTING, ProposalStatus.WITH_HEAD)
NEVER_SENT = Q(status__in=UNSENT) | Q(status=ProposalStatus.WITHDRAWN, received_on=None)


def proposing_units(user: Any) -> set[int]:
    """Return the ids of the units in which the user holds a position that gives the right to propose."""
    held = rights(user)
    return {position.department_id for position in held.granting(PROPOSE)} if held else set()


def units_called(host: int) -> set[int]:
    """Return the ids of the units that a round of this host calls upon today: the host and all below it."""
    return ApprovalLine(timezone.localdate()).under([host])


def hosted_by(user: Any) -> set[int]:
    """Return the ids of the units whose rounds the user runs, screens or audits."""
    return scope(user, RUN) | scope(user, SCREEN) | scope(user, VIEW)


class RoundQuerySet(models.QuerySet):
    """Rounds."""

    def visible_to(self, user: Any) -> Self:
        """Return the rounds of the user's host units, and those that called upon one of their own units."""
        held = rights(user)
        if held is None:
            return self.none()
        above = {unit for own in proposing_units(user) for unit in held.line.over(own)}
        called = Q(host__in=above) & ~Q(status=RoundStatus.PREPARING)
        return self.filter(Q(host__in=hosted_by(user)) | called)


class ProposalQuerySet(models.QuerySet):
    """Proposals."""

    def visible_to(self, user: Any) -> Self:
        """Return the proposals of the user's own units, and what was sent to a unit that they screen for.

        The heads of units above read nothing here: a proposal is between its unit and the host.
        """
        sent = Q(round__host__in=hosted_by(user)) & ~NEVER_SENT
        return self.filter(Q(department__in=proposing_units(user)) | sent)


class NomineeQuerySet(models.QuerySet):
    """People and collectives that were proposed."""

    def before_host(self) -> Self:
        """Return those whose proposal lies with the host, or waits there for papers."""
        return self.filter(
            proposal__status__in=(ProposalStatus.SUBMITTED, ProposalStatus.MISSING, ProposalStatus.RETURNED)
        )

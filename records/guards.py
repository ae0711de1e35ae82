"""Guards: may this person decide about this record now? Each raises StepRefused with a reason."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.confirming import ask_again
from approvals.engine import Attempt, StepRefused
from departments.access import granting_position, owner_id
from records.kinds import RecordKind


def is_confirmed(attempt: Attempt) -> None:
    """Ask the actor again who they are: the last guard of a step not to be taken from a session left open."""
    ask_again(attempt.actor)


@dataclass(frozen=True)
class Guards:
    """The guards of deciding about records of one kind."""

    kind: RecordKind

    @property
    def deciding(self) -> tuple[Callable[[Attempt], None], ...]:
        """The guards in their order: a position today, nothing of their own, their turn."""
        return (self.holds_the_unit, self.is_not_their_own, self.is_their_turn)

    def holds_the_unit(self, attempt: Attempt) -> None:
        """Refuse without a position today that gives the permission; a superuser may have none."""
        if granting_position(attempt.actor, self.kind.permission, owner_id(attempt.record)) is None:
            raise StepRefused(
                f"Hôm nay bạn không giữ chức danh được {self.kind.act} {self.kind.noun} của đơn vị này.",
                code="capacity",
            )

    def is_not_their_own(self, attempt: Attempt) -> None:
        """Refuse those who wrote or sent the record."""
        if attempt.actor.pk in self.kind.writers(attempt.record):
            raise StepRefused(self.kind.own_refusal, code="own")

    def is_their_turn(self, attempt: Attempt) -> None:
        """Refuse until it is the actor's turn."""
        held = self.kind.holding(attempt.record, by=attempt.actor)
        if held and not held.turn_of(attempt.actor):
            raise StepRefused(held.whose_turn(attempt.actor, self.kind.noun), code="turn")

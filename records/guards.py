"""May this person decide about this record now? Each guard refuses with words fit for whoever asked."""

from collections.abc import Callable
from dataclasses import dataclass

from approvals.engine import Attempt, StepRefused
from departments.access import granting_position, owner_id
from records.kinds import RecordKind


@dataclass(frozen=True)
class Guards:
    """What is asked before somebody decides about a record of this kind."""

    kind: RecordKind

    @property
    def deciding(self) -> tuple[Callable[[Attempt], None], ...]:
        """By a position of today, about nothing of their own, in their turn."""
        return (self.holds_the_unit, self.is_not_their_own, self.is_their_turn)

    def holds_the_unit(self, attempt: Attempt) -> None:
        """Deciding follows a position with dates, never an account's power: a superuser may lack one."""
        if granting_position(attempt.actor, self.kind.permission, owner_id(attempt.record)) is None:
            raise StepRefused(
                f"Hôm nay bạn không giữ chức danh được {self.kind.act} {self.kind.noun} của đơn vị này.",
                code="capacity",
            )

    def is_not_their_own(self, attempt: Attempt) -> None:
        """Nobody decides about their own words: neither who wrote them nor who sent them."""
        if attempt.actor.pk in self.kind.writers(attempt.record):
            raise StepRefused(self.kind.own_refusal, code="own")

    def is_their_turn(self, attempt: Attempt) -> None:
        held = self.kind.holding(attempt.record, by=attempt.actor)
        if held and not held.turn_of(attempt.actor):
            raise StepRefused(held.whose_turn(attempt.actor, self.kind.noun), code="turn")

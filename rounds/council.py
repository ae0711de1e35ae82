"""When a council may vote, and whether its votes suffice: figures of the round, exact fractions."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from rounds.enums import Quorum, VoteBase
from rounds.models import CouncilSession, Nominee, RoundAward


def award_of(nominee: Nominee) -> RoundAward | None:
    """Return what the round lays down for the nominee's form of award; read once for a round."""
    round_ = nominee.proposal.round
    if not hasattr(round_, "awards_by_kind"):
        round_.awards_by_kind = {award.award_kind_id: award for award in round_.awards.all()}
    return round_.awards_by_kind.get(nominee.award_kind_id)


def presence(session: CouncilSession) -> tuple[int, int]:
    """Return how many members were present, and how many there are."""
    members = list(session.members.all())
    return sum(member.is_present for member in members), len(members)


def has_quorum(session: CouncilSession, award: RoundAward) -> bool:
    present, members = presence(session)
    if not members:
        return False
    share = Fraction(present, members)
    if award.quorum == Quorum.HALF:
        return share > Fraction(1, 2)
    return share >= (Fraction(2, 3) if award.quorum == Quorum.TWO_THIRDS else 1)


def threshold_met(nominee: Nominee, votes: Mapping[str, Any]) -> bool:
    """Whether the votes for reach the share that the round asks for."""
    award = award_of(nominee)
    assert award is not None  # noqa: S101 (council_votes has looked)
    base = _base(award, votes["session"])
    return bool(base) and Fraction(votes["votes_for"], base) >= Fraction(award.threshold, 100)


def share_words(nominee: Nominee, votes: Mapping[str, Any]) -> str:
    """Return “6/9 phiếu đồng ý (tính trên số thành viên có mặt, cần 70%)”."""
    award = award_of(nominee)
    assert award is not None  # noqa: S101 (the same)
    base = _base(award, votes["session"])
    of = award.get_vote_base_display()
    return f"{votes['votes_for']}/{base} phiếu đồng ý (tính trên {of}, cần {award.threshold}%)"


def _base(award: RoundAward, session: CouncilSession) -> int:
    present, members = presence(session)
    return present if award.vote_base == VoteBase.PRESENT else members

"""Tables of a commendation round: what is asked for, what units propose, what a council said."""

from rounds.models.council import CouncilMember, CouncilSession
from rounds.models.proposal import Evidence, Nominee, Paper, Proposal, ReceivedProposal
from rounds.models.round import LatePermit, Round, RoundAward

__all__ = [
    "CouncilMember",
    "CouncilSession",
    "Evidence",
    "LatePermit",
    "Nominee",
    "Paper",
    "Proposal",
    "ReceivedProposal",
    "Round",
    "RoundAward",
]

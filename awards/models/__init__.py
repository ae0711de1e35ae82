"""Tables of the register: decisions, forms of award, commendations, rewards, the numbered book."""

from awards.models.book import BookEntry
from awards.models.commendation import Commendation
from awards.models.decision import AwardKind, Decision
from awards.models.giving import Presentation, Refund
from awards.models.rewards import BaseSalary, LawCheck, LawVersion, RewardRate

__all__ = [
    "AwardKind",
    "BaseSalary",
    "BookEntry",
    "Commendation",
    "Decision",
    "LawCheck",
    "LawVersion",
    "Presentation",
    "Refund",
    "RewardRate",
]

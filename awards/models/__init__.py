"""Tables of the register: decisions, forms of award, commendations, rewards."""

from awards.models.commendation import Commendation
from awards.models.decision import AwardKind, Decision
from awards.models.rewards import BaseSalary, LawCheck, RewardRate

__all__ = ["AwardKind", "BaseSalary", "Commendation", "Decision", "LawCheck", "RewardRate"]

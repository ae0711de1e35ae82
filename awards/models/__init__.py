"""Tables of the register: decisions, forms of award, commendations, rewards."""

from awards.models.commendation import Commendation
from awards.models.decision import AwardKind, Decision
from awards.models.rewards import BaseSalary, RewardRate

__all__ = ["AwardKind", "BaseSalary", "Commendation", "Decision", "RewardRate"]

"""The register of commendations: decisions, forms of award, those commended, what they receive."""

from awards.models.commendation import Commendation
from awards.models.decision import AwardKind, Decision
from awards.models.rewards import BaseSalary, RewardRate

__all__ = ["AwardKind", "BaseSalary", "Commendation", "Decision", "RewardRate"]

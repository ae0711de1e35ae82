"""The admin classes of the register of commendations."""

from awards.admin.commendations import CommendationAdmin
from awards.admin.decisions import DecisionAdmin
from awards.admin.rules import AwardKindAdmin, BaseSalaryAdmin

__all__ = ["AwardKindAdmin", "BaseSalaryAdmin", "CommendationAdmin", "DecisionAdmin"]

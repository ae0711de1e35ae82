"""Accounts, the one-use tickets by which people choose a password, and what needs two administrators."""

from accounts.models.ticket import Purpose, Ticket
from accounts.models.two_admins import TwoAdminAct, TwoAdminRequest
from accounts.models.user import AccountManager, FormOfAddress, User

__all__ = ["AccountManager", "FormOfAddress", "Purpose", "Ticket", "TwoAdminAct", "TwoAdminRequest", "User"]

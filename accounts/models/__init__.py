"""Accounts, where they are signed in, one-use tickets for a password, what needs two administrators."""

from accounts.models.session import Device, Session
from accounts.models.ticket import Purpose, Ticket
from accounts.models.two_admins import TwoAdminAct, TwoAdminRequest
from accounts.models.user import AccountManager, FormOfAddress, User

__all__ = [
    "AccountManager",
    "Device",
    "FormOfAddress",
    "Purpose",
    "Session",
    "Ticket",
    "TwoAdminAct",
    "TwoAdminRequest",
    "User",
]

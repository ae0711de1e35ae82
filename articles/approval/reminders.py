"""Whose answer about a story is late: the worker reminds once. Urgent withdrawals are among them."""

from articles.approval import notices, urgent
from articles.approval.holding import STORIES
from records import reminders


def remind() -> int:
    """Remind of every story past its hour, each person once a revision and reading; returns how many."""
    late = [row for row in urgent.list_waiting(urgent.all_pending()) if row.holding.is_overdue]
    return reminders.remind(STORIES) + sum(notices.urgent_is_late(row) for row in late)

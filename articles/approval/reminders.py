"""Reminds once of stories and urgent withdrawals whose answer is late."""

from articles.approval import notices, urgent
from articles.approval.holding import STORIES
from records import reminders


def remind() -> int:
    """Remind of every overdue story and urgent withdrawal, each person once. Returns how many."""
    late = [row for row in urgent.list_waiting(urgent.all_pending()) if row.holding.is_overdue]
    return reminders.remind(STORIES) + sum(notices.urgent_is_late(row) for row in late)

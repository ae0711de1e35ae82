"""Ask again who is there, before an act that must not be done from a session left open.

The rule stands here once: whatever does such an act calls `ask_again`. How the person answers, and how the
interrupted form goes on afterwards, is the business of the room `second_factor`.
"""

import datetime
from typing import Any

FRESH = datetime.timedelta(minutes=10)


class ConfirmationNeeded(Exception):
    """The person must show again that it is them; nothing has been done yet."""


def ask_again(user: Any) -> None:
    """Raise ConfirmationNeeded unless the person has confirmed within the last minutes (FRESH).

    Users who do not come from a session (the worker, a command of the server) are not asked.
    """
    if user.confirmed_lately is False:
        raise ConfirmationNeeded

"""A step pressed on a page of this room."""

from functools import partial

from records import stepping
from records.stepping import buttons, seen_version
from rounds.pages.reach import context_of

__all__ = ["buttons", "press", "seen_version"]

press = partial(stepping.press, context_of=context_of)

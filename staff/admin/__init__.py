"""The office's pages about the people who work in it, and the pages outside the door."""

from staff.admin import addresses

__all__ = ["addresses"]

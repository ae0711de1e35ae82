"""The screens of this room in the office."""

from daybook.materials import admin as materials
from daybook.notes import admin as notes

__all__ = ["materials", "notes"]

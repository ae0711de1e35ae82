"""The screens of this room in the office."""

from daybook.materials import admin as materials

__all__ = ["materials"]

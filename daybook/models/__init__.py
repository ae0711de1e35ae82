"""The tables of this room."""

from daybook.models.material import Material
from daybook.models.note import Entrustment, Note

__all__ = ["Entrustment", "Material", "Note"]

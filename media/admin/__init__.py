"""The photo library and the consent book in the back-office."""

from media.admin.photo import PhotoAdmin
from media.admin.pupil import PupilAdmin

__all__ = ["PhotoAdmin", "PupilAdmin"]

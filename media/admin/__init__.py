"""The photo library and the consent book in the admin."""

from media.admin.asking import DataRequestAdmin
from media.admin.photo import PhotoAdmin
from media.admin.pupil import PupilAdmin

__all__ = ["DataRequestAdmin", "PhotoAdmin", "PupilAdmin"]

"""The photo library in the back-office."""

from media.admin.photo import PhotoAdmin

__all__ = ["PhotoAdmin"]

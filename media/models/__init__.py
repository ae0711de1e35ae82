"""Photos, where they are shown, and the pupils on them."""

from media.models.photo import Photo, PhotoExposure, Rights
from media.models.pupil import AgeBand, Medium, Pupil

__all__ = ["AgeBand", "Medium", "Photo", "PhotoExposure", "Pupil", "Rights"]

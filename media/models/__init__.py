"""Photos, where they are shown, and the pupils on them."""

from media.enums import AgeBand, Medium, PhotoRights
from media.models.photo import Photo, PhotoExposure
from media.models.pupil import Pupil

__all__ = ["AgeBand", "Medium", "Photo", "PhotoExposure", "PhotoRights", "Pupil"]

"""Photos, where they are shown, and the pupils on them."""

from media.enums import AgeBand, Medium, PhotoRights
from media.models.asking import DataRequest
from media.models.photo import Photo, PhotoExposure
from media.models.pupil import Pupil

__all__ = ["AgeBand", "DataRequest", "Medium", "Photo", "PhotoExposure", "PhotoRights", "Pupil"]

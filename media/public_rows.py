"""The rows of this room that readers see directly: on events.

Stories are rendered again one by one (`articles.approval.releasing.redraw_outdated`).
"""

from foundation.pagestore.announcing import declare
from media.models import Photo, Pupil

declare(Photo, Pupil, tags=["events"])

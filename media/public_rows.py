"""Rows of this room that readers see as they are now: on events. Stories are drawn anew one by one
(`articles.approval.releasing.redraw_outdated`).
"""

from foundation.pagestore.announcing import declare
from media.models import Photo, Pupil

declare(Photo, Pupil, tags=["events"])

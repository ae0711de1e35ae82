"""The rows of this room that readers see."""

from foundation.pagestore.announcing import declare
from frontpage.models import Placement

declare(Placement, tags=["placements"])

"""The rows of this room that readers see."""

from daybook.models import Material
from foundation.pagestore.announcing import declare

declare(Material, tags=["events"])

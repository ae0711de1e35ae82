"""The rows of this room that readers see."""

from daybook.models import Material, Note
from foundation.pagestore.announcing import declare

declare(Material, Note, tags=["events"])

"""The rows of this room that readers see."""

from functools import partial

from documents import findable
from documents.models import OfficialDocument
from foundation.pagestore.announcing import declare
from foundation.search.keeping import refresh

declare(OfficialDocument, tags=["documents"], follow=partial(refresh, findable))

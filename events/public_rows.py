"""The rows of this room that readers see."""

from functools import partial

from events import findable
from events.models import (
    Delegate,
    Event,
    EventDocument,
    EventPhoto,
    ParticipatingGroup,
    ProgrammeItem,
)
from foundation.pagestore.announcing import declare
from foundation.search.keeping import refresh

declare(Event, tags=["events"], follow=partial(refresh, findable))
declare(ProgrammeItem, Delegate, ParticipatingGroup, EventPhoto, EventDocument, tags=["events"])

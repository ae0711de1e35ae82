"""Declares the rows of this room that readers see."""

from functools import partial

from awards import findable
from awards.models import AwardKind, BookEntry, Commendation, Decision, Presentation
from foundation.pagestore.announcing import declare
from foundation.search.keeping import refresh

declare(Decision, tags=["awards"], follow=partial(refresh, findable))
declare(Commendation, AwardKind, BookEntry, Presentation, tags=["awards"])

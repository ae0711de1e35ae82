"""Whether a document is in force on a day, in the words readers see."""

import datetime
from dataclasses import dataclass

from approvals.enums import RecordStatus
from documents.enums import Ending
from documents.models import OfficialDocument

ENDED = {Ending.REPLACED: ("Đã thay bằng", "warn"), Ending.REPEALED: ("Đã bãi bỏ theo", "bad")}
MOST_LINKS = 20


@dataclass(frozen=True)
class Force:
    """`tone` is the badge's; `successor` is set only when it replaces the document on that day."""

    label: str
    tone: str
    successor: OfficialDocument | None = None

    @property
    def holds(self) -> bool:
        return self.tone == "ok"


def force_on(document: OfficialDocument, day: datetime.date) -> Force:
    """State of the document on `day`; `replaced_by` must be at hand (select_related) in lists.

    A document begins on its day of effect, else of issue, and a replacement counts from the day it
    begins itself, also before the document's own day came. One that is not public is not spoken of.
    """
    successor = document.replaced_by
    if successor and successor.status == RecordStatus.PUBLIC and begins_on(successor) <= day:
        words, tone = ENDED[document.ending]
        return Force(f"{words} {short_number(successor)}", tone, successor)
    if day < begins_on(document):
        return Force("Chưa có hiệu lực", "")
    if document.expires_on and document.expires_on < day:
        return Force("Hết hiệu lực", "bad")
    return Force("Còn hiệu lực", "ok")


def chain_on(document: OfficialDocument, day: datetime.date) -> list[OfficialDocument]:
    """What replaced it, what replaced that, and so on to the one that holds on `day`; a query a link.

    Ends where a document was repealed: nothing holds in its place.
    """
    chain: list[OfficialDocument] = []
    while len(chain) < MOST_LINKS:
        force = force_on(chain[-1] if chain else document, day)
        if force.successor is None:
            break
        chain.append(force.successor)
        if (chain[-2] if len(chain) > 1 else document).ending == Ending.REPEALED:
            break
    return chain


def begins_on(document: OfficialDocument) -> datetime.date:
    return document.effective_on or document.issued_on


def short_number(document: OfficialDocument) -> str:
    """“1498” of “1498/SGDĐT-GDTrH”: enough beside a date, and it fits a badge."""
    return document.number.partition("/")[0].strip() or document.number

"""Whether a document is in force on a day, in words for readers."""

import datetime
from dataclasses import dataclass

from approvals.enums import RecordStatus
from documents.enums import Ending
from documents.models import OfficialDocument

ENDED = {Ending.REPLACED: ("Đã thay bằng", "warn"), Ending.REPEALED: ("Đã bãi bỏ theo", "bad")}
MOST_LINKS = 20


@dataclass(frozen=True)
class Force:
    """`tone` is the badge's colour; `successor` is set if it replaces or repeals the document on that day."""

    label: str
    tone: str
    successor: OfficialDocument | None = None

    @property
    def holds(self) -> bool:
        return self.tone == "ok"


def force_on(document: OfficialDocument, day: datetime.date) -> Force:
    """Return the state of the document on `day`; load `replaced_by` before (select_related) in lists.

    A document begins on its effective day, else on its day of issue. A successor counts from the day it
    begins itself, even before the document's own day. A successor that is not public is ignored.
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
    """Return the documents that replaced it one after the other, up to the one in force on `day`.

    Ends after a document that repealed, because nothing replaces it then. Makes one query per document.
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
    """Return the first day of force."""
    return document.effective_on or document.issued_on


def short_number(document: OfficialDocument) -> str:
    """Return “1498” of “1498/SGDĐT-GDTrH”: enough beside a date, and short enough for a badge."""
    return document.number.partition("/")[0].strip() or document.number

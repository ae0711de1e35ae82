"""What the verification page answers for a code that somebody typed or scanned."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

import segno
from django.conf import settings

from awards import codes
from awards.models import Commendation
from departments.naming import name_on
from departments.public.doors import unit_door
from identity.current import site_words
from signing.showing import signature_of


@dataclass(frozen=True)
class Verification:
    """The answer for one typed code. `commendation` is set only when a public row has the code."""

    EMPTY: ClassVar[str] = "empty"
    VALID: ClassVar[str] = "valid"
    REVOKED: ClassVar[str] = "revoked"
    REPLACED: ClassVar[str] = "replaced"
    MISTYPED: ClassVar[str] = "mistyped"
    CORRECTING: ClassVar[str] = "correcting"
    UNKNOWN: ClassVar[str] = "unknown"

    state: str
    typed: str = ""
    code: str = ""
    hint: str = ""
    commendation: Commendation | None = None
    other: "OtherPaper | None" = None


@dataclass(frozen=True)
class OtherPaper:
    """A paper of another room that is verified here: its noun, what is said of it, by label."""

    noun: str
    facts: tuple[tuple[str, str], ...] = ()
    revoked: str = ""
    is_corrected: bool = False
    address: str = ""

    @property
    def state(self) -> str:
        if self.is_corrected:
            return Verification.CORRECTING
        return Verification.REVOKED if self.revoked else Verification.VALID


type LookUp = Callable[[str], OtherPaper | None]
_OTHERS: list[LookUp] = []


def declare_papers(look_up: LookUp) -> LookUp:
    """Let a room above verify its papers here; `look_up` gets a code as printed."""
    _OTHERS.append(look_up)
    return look_up


def verify(typed: str) -> Verification:
    """Look up a code among public rows. A draft's code gives the same answer as an unknown code."""
    if not typed.strip():
        return Verification(Verification.EMPTY)
    reading = codes.read_code(typed)
    if reading.code is None:
        shape = f"Mã gồm 2 chữ, 2 số rồi 8 chữ và số, ví dụ {site_words().code_example}."
        return Verification(Verification.UNKNOWN, typed, hint=shape)
    if reading.hint:
        return Verification(Verification.MISTYPED, typed, reading.code, reading.hint)
    return _look_up(reading.code)


def _look_up(code: str) -> Verification:
    rows = Commendation.objects.public().select_related("decision__issuer", "award_kind", "replaced_by")
    row = rows.filter(verify_code=code).first()
    if row:
        return Verification(_state_of(row), code, code, commendation=row)
    if Commendation.objects.withdrawn().filter(verify_code=code).exists():
        return Verification(Verification.CORRECTING, code, code)
    if other := next(filter(None, (look_up(code) for look_up in _OTHERS)), None):
        return Verification(other.state, code, code, other=other)
    return Verification(Verification.UNKNOWN, code, code)


def _state_of(row: Commendation) -> str:
    if row.revoked_on is None:
        return Verification.VALID
    return Verification.REPLACED if row.replaced_by else Verification.REVOKED


@dataclass(frozen=True)
class QRCode:
    """A QR code as one SVG path, which a template can draw under any content security policy."""

    size: int
    path: str


QUIET_ZONE = 2
SIGNABLE = "giay-khen"  # awards.paper.signing declares it


def proof(commendation: Commendation) -> dict[str, Any]:
    """Returns the context of a found commendation, with the issuer's name on the day of signing."""
    decision = commendation.decision
    return {
        "qr": qr_code(commendation),
        "issuer_name": name_on(decision.issuer, decision.signed_on),
        "issuer_url": unit_door(decision.issuer_id, decision.signed_on),
        "signed": signature_of(SIGNABLE, decision, commendation.pk),
    }


def qr_code(commendation: Commendation) -> QRCode:
    """Returns the QR code of the address of the commendation's verification page."""
    return draw_code(settings.SITE_URL + commendation.get_absolute_url())


def draw_code(address: str) -> QRCode:
    """Returns the QR code of an address."""
    rows = segno.make(address, error="m", micro=False).matrix
    strokes = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                strokes.append(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}.5h{length}")
            x += length
    return QRCode(len(rows) + 2 * QUIET_ZONE, "".join(strokes))

"""What is said of a file that a reader drops: judged in the request, kept nowhere."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from signing.checker import ToCheck, check_for_reader
from signing.expected import why_unexpected
from signing.models import HandOff, SignedFile
from signing.showing import is_of_trial
from signing.subjects import signable_of

LARGEST = 20 * 1024 * 1024
_ENDS = (b"", b"\n", b"\r\n", b"\r")
MOST_ENDS = 12


@dataclass(frozen=True)
class Found:
    """`state`: "kept" (exactly a file that was taken in), "outdated" (that, but not of today), "valid" (good
    signatures, a file unknown here), "bad"."""

    state: str
    problem: str = ""
    signatures: list[dict[str, Any]] = field(default_factory=list)
    is_trial: bool = False
    is_checked: bool = False
    signed: SignedFile | None = None
    address: str = ""


def look_at(data: bytes) -> Found:
    """Judge one file. Raises signing.checker.TooBusy."""
    kept = SignedFile.objects.filter(digest=hashlib.sha256(data).hexdigest()).first()
    if kept is not None and (found := _kept(kept)):
        return found
    if not data.startswith(b"%PDF-"):
        return Found("bad", "Đây không phải tệp PDF.")
    one = _hand_off_of(data)
    frozen, clear = (data[: one.length], one.clear) if one else (None, [])
    answer = check_for_reader(ToCheck("x", data, frozen, clear))
    problem = answer["problem"]
    if not problem and one:
        problem = why_unexpected(answer["signatures"], one.person, one.agency)
    if problem:
        return Found("bad", problem)
    return Found(
        "valid",
        signatures=answer["signatures"],
        is_trial=is_of_trial(answer),
        is_checked=answer["checked"],
    )


def _kept(signed: SignedFile) -> Found | None:
    """Return what is known of a file that was taken in; None if readers may not see its record."""
    signable = signable_of(signed.subject)
    record = signable and signable.model._default_manager.filter(pk=signed.object_id).first()
    if signable is None or record is None or not (address := signable.address(record, signed.row)):
        return None
    is_todays = signable.said_today(record, signed.row).get(signed.row) == signed.said
    return Found(
        "kept" if is_todays else "outdated",
        signatures=signed.signatures,
        is_trial=signed.is_trial,
        is_checked=signed.revocation_checked,
        signed=signed,
        address=address,
    )


def _hand_off_of(data: bytes) -> HandOff | None:
    """Return the file of ours that stands at the beginning of this one: a PDF ends with %%EOF."""
    digests, at, digest, done = set(), 0, hashlib.sha256(), 0
    for _ in range(MOST_ENDS):
        at = data.find(b"%%EOF", at)
        if at < 0:
            break
        at += 5
        digest.update(data[done:at])
        done = at
        for end in _ENDS:
            if data.startswith(end, at):
                whole = digest.copy()
                whole.update(end)
                digests.add(whole.hexdigest())
    return HandOff.objects.filter(digest__in=digests).order_by("-pk").first()

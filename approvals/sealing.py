"""The chain that shows whether the audit book was touched: each seal covers an entry and the seal before.

Entries are sealed right after their transaction commits, in a short one of their own: no act waits for
another's. The unique number lets one of two sealers win; the worker seals what a dead process left.
"""

import hashlib
import json
from collections.abc import Iterator

from django.db import IntegrityError, connection, transaction

from approvals.models import AuditEntry, Seal

BEGINNING = "0" * 64
AT_ONCE = 500
FIELDS = (
    "pk",
    "actor_id",
    "actor_name",
    "action",
    "about",
    "content_type_id",
    "object_id",
    "capacity",
    "address",
    "note",
    "log_number",
)


def seal_soon() -> None:
    """Seal once after this transaction; asked many times, done once."""
    if not any(waiting[1] is _seal_after_commit for waiting in connection.run_on_commit):
        # Robust: what was done is done, whatever becomes of its seal; the worker tries again.
        transaction.on_commit(_seal_after_commit, robust=True)


def _seal_after_commit() -> None:
    seal_all()


def seal_all() -> int:
    """Seal every entry that has no seal yet, oldest first; returns how many. Another sealer may be faster."""
    sealed = 0
    while entries := list(AuditEntry.objects.filter(seal=None).order_by("pk")[:AT_ONCE]):
        try:
            with transaction.atomic():
                sealed += _seal(entries)
        except IntegrityError:
            break  # somebody else seals at this moment; what is left is theirs or the worker's
    return sealed


def _seal(entries: list[AuditEntry]) -> int:
    last = Seal.objects.order_by("-number").first()
    number, previous = (last.number, last.sha256) if last else (0, BEGINNING)
    seals = []
    for entry in entries:
        number, previous = number + 1, link(previous, entry)
        seals.append(Seal(number=number, entry=entry, sha256=previous))
    Seal.objects.bulk_create(seals)
    return len(seals)


def link(previous: str, entry: AuditEntry) -> str:
    """The digest of an entry as it stands, after the one before."""
    words = {name: getattr(entry, name) for name in FIELDS} | {"at": entry.at.isoformat()}
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def head() -> Seal | None:
    """The last seal. Written down elsewhere, it also shows when the end of the book was cut off."""
    return Seal.objects.order_by("-number").first()


def faults(expected: str = "") -> Iterator[str]:
    """What is wrong with the chain, in words; nothing when it is whole.

    `expected` is “number:sha256” of a seal once noted down; the chain must still contain it.
    """
    previous, number, found = BEGINNING, 0, not expected
    for seal in Seal.objects.select_related("entry").order_by("number").iterator(chunk_size=1000):
        if seal.number != number + 1:
            yield f"Thiếu dấu niêm từ số {number + 1} đến số {seal.number - 1}."
        if link(previous, seal.entry) != seal.sha256:
            yield f"Dòng {seal.entry_id} (dấu niêm {seal.number}) không khớp: đã bị sửa."
        number, previous = seal.number, seal.sha256
        found = found or f"{seal.number}:{seal.sha256}" == expected
    if not found:
        yield f"Không còn dấu niêm đã ghi lại ({expected[:24]}…): phần cuối sổ đã bị cắt hoặc viết lại."
    if unsealed := AuditEntry.objects.filter(seal=None).count():
        yield f"{unsealed} dòng chưa được niêm: tiến trình nền (run_worker) có đang chạy không?"

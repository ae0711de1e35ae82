"""A hash chain over the audit book: each seal covers one entry and the seal before it.

Entries are sealed after their transaction commits, in a short one of their own, so no act waits for another.
When two processes seal at once, the unique number lets one succeed. The worker seals what a process that died
left.
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
    """Seal after this transaction commits; several calls in one transaction seal once."""
    if not any(waiting[1] is _seal_after_commit for waiting in connection.run_on_commit):
        # Robust: the act is committed even if sealing fails; the worker then tries again.
        transaction.on_commit(_seal_after_commit, robust=True)


def _seal_after_commit() -> None:
    seal_all()


def seal_all() -> int:
    """Seal every entry without a seal, oldest first; returns how many. Stops if another process seals."""
    sealed = 0
    while entries := list(AuditEntry.objects.filter(seal=None).order_by("pk")[:AT_ONCE]):
        try:
            with transaction.atomic():
                sealed += _seal(entries)
        except IntegrityError:
            break  # another process seals right now; it or the worker seals the rest
        if len(entries) < AT_ONCE:
            break
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
    """Return the sha256 of an entry, chained to the previous one, as hexadecimal."""
    words = {name: getattr(entry, name) for name in FIELDS} | {"at": entry.at.isoformat()}
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def head() -> Seal | None:
    """Return the last seal. A copy of it kept elsewhere also shows when the end of the book was cut off."""
    return Seal.objects.order_by("-number").first()


def faults(expected: str = "") -> Iterator[str]:
    """Yield what is wrong with the chain, in words; nothing when it is intact.

    `expected` is “number:sha256” of a seal noted earlier; the chain must still contain it.
    """
    previous, number, found = BEGINNING, 0, not expected
    for seal in Seal.objects.select_related("entry").order_by("number").iterator(chunk_size=1000):
        if seal.number != number + 1:
            yield f"Thiếu mã niêm phong từ số {number + 1} đến số {seal.number - 1}."
        if link(previous, seal.entry) != seal.sha256:
            yield f"Dòng {seal.entry_id} (mã niêm phong {seal.number}) không khớp: đã bị sửa."
        number, previous = seal.number, seal.sha256
        found = found or f"{seal.number}:{seal.sha256}" == expected
    if not found:
        yield f"Không còn mã niêm phong đã ghi lại ({expected[:24]}…): phần cuối sổ đã bị cắt hoặc viết lại."
    if unsealed := AuditEntry.objects.filter(seal=None).count():
        yield f"{unsealed} dòng chưa được niêm: tiến trình nền (run_worker) có đang chạy không?"

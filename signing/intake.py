"""Take signed files back: one PDF or a ZIP of them, each checked by the worker and stored if it is whole."""

import datetime
import hashlib
import io
import logging
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from foundation.language.plain import clean_line
from inbox.telling import tell
from signing.checker import ToCheck, check
from signing.expected import why_unexpected
from signing.handing_off import waiting_of
from signing.models import HandOff, Intake
from signing.storing import store_signed
from signing.subjects import Signable, signable_of

log = logging.getLogger("newsroom.signing")
LARGEST = 20 * 1024 * 1024  # of one signed file
LARGEST_UPLOAD = 200 * 1024 * 1024
MOST_FILES = 1000
AT_ONCE = 20  # files for which one process is started
STEP = 2.0  # seconds between two looks for work
SILENCE = datetime.timedelta(seconds=180)  # a worker that has said nothing for so long was killed


class IntakeRefused(Exception):
    """The upload is no PDF and no ZIP of PDFs; nothing was stored."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


def receive(signable: Signable, record: Any, upload: Any, by: Any) -> Intake:
    """Keep an upload for its check. Raises PermissionDenied or IntakeRefused."""
    if not by.has_perm(signable.permission, record):
        raise PermissionDenied(signable.permission)
    if upload.size > LARGEST_UPLOAD:
        raise IntakeRefused("Tệp lớn quá 200 MB. Hãy chia làm nhiều tệp ZIP.")
    data = upload.read()
    names = [name for name, _size in _listed(data, clean_line(upload.name or "tệp"))]
    try:
        stored = default_storage.save(f"signing/{secrets.token_hex(16)}.bin", ContentFile(data))
    except OSError:
        log.exception("An upload of signed files cannot be stored")
        raise IntakeRefused(
            "Kho tệp của máy chủ đang đầy hoặc không trả lời. Hãy thử lại sau ít phút."
        ) from None
    return Intake.objects.create(
        subject=signable.key,
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        stored=stored,
        file_name=clean_line(upload.name or "")[:150],
        names=names,
        sent_by=by,
    )


def _listed(data: bytes, name: str) -> list[tuple[str, int]]:
    """Return (name, length) of each PDF. Raises IntakeRefused."""
    if data.startswith(b"%PDF-"):
        return [(name[:150], len(data))]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [one for one in archive.infolist() if one.filename.lower().endswith(".pdf")]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise IntakeRefused("Chỉ nhận tệp PDF đã ký, hoặc một tệp ZIP gồm các tệp PDF đã ký.") from None
    if not found:
        raise IntakeRefused("Tệp ZIP không có tệp PDF nào.")
    if len(found) > MOST_FILES:
        raise IntakeRefused(f"Tệp ZIP có {len(found)} tệp, nhiều nhất {MOST_FILES}.")
    return [(clean_line(one.filename.rpartition("/")[2])[:150], one.file_size) for one in found]


def _opened(data: bytes) -> Iterator[bytes | None]:
    """Yield the bytes of each PDF, in the order of `_listed`; None for one too large or damaged."""
    if data.startswith(b"%PDF-"):
        yield data if len(data) <= LARGEST else None
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for one in archive.infolist():
            if one.filename.lower().endswith(".pdf"):
                try:
                    with archive.open(one) as file:
                        read = file.read(LARGEST + 1)  # whatever length the ZIP declares
                    yield read if len(read) <= LARGEST else None
                except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error):
                    yield None


def check_due() -> int:
    """Check every upload that waits, or whose worker fell silent; returns how many were finished."""
    done = 0
    while intake := _claim():
        check_intake(intake)
        done += 1
    return done


def _claim() -> Intake | None:
    now = timezone.now()
    waiting = Intake.objects.filter(Q(beat_at=None) | Q(beat_at__lt=now - SILENCE), finished_at=None)
    for intake in waiting.order_by("pk")[:5]:
        if waiting.filter(pk=intake.pk).update(beat_at=now):
            return Intake.objects.select_related("sent_by").get(pk=intake.pk)
    return None


def check_intake(intake: Intake) -> None:
    """Check the files of an upload a handful at a time, store those that pass, and tell who sent it."""
    signable = signable_of(intake.subject)
    record = intake.content_type.get_object_for_this_type(pk=intake.object_id)
    if signable is None or not default_storage.exists(intake.stored):
        _finish(intake, "Tệp gửi lên không còn trong kho. Hãy gửi lại.")
        return
    with default_storage.open(intake.stored) as stored:
        data = stored.read()
    results, part = [], []
    for name, file in zip(intake.names, _opened(data), strict=True):
        part.append((name, file))
        if len(part) == AT_ONCE:
            results += _check_part(intake, signable, record, part)
            part = []
            Intake.objects.filter(pk=intake.pk).update(
                beat_at=timezone.now(), done=len(results), results=results
            )
    intake.results = results + _check_part(intake, signable, record, part)
    _finish(intake)


def _check_part(
    intake: Intake, signable: Signable, record: Any, part: list[tuple[str, bytes | None]]
) -> list[dict[str, Any]]:
    waiting = waiting_of(record, signable)
    found = [_hand_off_of(data, waiting) if data else None for _name, data in part]
    asked = [
        ToCheck(str(number), data, data[: one.length], one.clear)
        for number, ((_name, data), one) in enumerate(zip(part, found, strict=True))
        if data and one
    ]
    answers = check(asked) if asked else {}
    results = []
    for number, ((name, data), one) in enumerate(zip(part, found, strict=True)):
        if one is None or data is None:
            problem = _why_unknown(data)
        else:
            problem = _judge(signable, one, data, answers[str(number)], intake.sent_by)
        results.append({"name": name, "of": one.name if one else "", "problem": problem})
    return results


def _hand_off_of(data: bytes, waiting: list[HandOff]) -> HandOff | None:
    """Return the file with whose exact bytes this one begins; each byte is digested once."""
    digest, at = hashlib.sha256(), 0
    for one in sorted(waiting, key=lambda one: one.length):
        if one.length > len(data):
            return None
        digest.update(data[at : one.length])
        at = one.length
        if digest.hexdigest() == one.digest:
            return one
    return None


def _why_unknown(data: bytes | None) -> str:
    if data is None:
        return "Tệp hỏng trong ZIP, hoặc lớn quá 20 MB."
    return (
        "Không phải tệp đang chờ ký: phần đầu khác tệp đã giao. Tệp đã bị lưu lại, thuộc hồ sơ khác, hoặc "
        "đã nhận rồi."
    )


def _judge(signable: Signable, one: HandOff, data: bytes, answer: dict[str, Any], by: Any) -> str:
    """Store the file if everything is as it must be; return why not otherwise."""
    if problem := answer["problem"]:
        return str(problem)
    if problem := why_unexpected(answer["signatures"], one.person, one.agency):
        return problem
    return store_signed(signable, one, data, answer, by)


def _finish(intake: Intake, failure: str = "") -> None:
    if failure:
        intake.results = [{"name": name, "of": "", "problem": failure} for name in intake.names]
    with transaction.atomic():
        fresh = Intake.objects.filter(pk=intake.pk, finished_at=None)
        done = {"done": intake.total, "results": intake.results, "stored": ""}
        if fresh.update(finished_at=timezone.now(), **done) and intake.total > 1:
            _tell(intake)
    default_storage.delete(intake.stored)


def _tell(intake: Intake) -> None:
    model = intake.content_type.model_class()
    opts = getattr(model, "_meta")  # noqa: B009 (Django's public API behind an underscore)
    refused = intake.total - intake.accepted
    tell(
        [intake.sent_by],
        "signed",
        "Đã kiểm tra các tệp ký số",
        about=intake.file_name,
        words=f"{intake.accepted} tệp được nhận" + (f", {refused} tệp không được nhận." if refused else "."),
        address=f"/admin/{opts.app_label}/{opts.model_name}/{intake.object_id}/ky-so/",
        once=f"signed:{intake.pk}",
    )

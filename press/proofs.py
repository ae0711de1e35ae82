"""The proof sheet: a second person reads every name before the sheets are taken to the printer."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from approvals.auditing import audit_act
from departments.access import capacity
from press.models import PrintRun, ProofReading
from press.sheets import digest_of, digest_of_all
from press.subjects import Sheet, Subject


def may_read(user: Any, subject: Subject, record: models.Model) -> bool:
    """Whether the person may open the proof sheet."""
    return any(user.has_perm(permission, record) for permission in subject.readers)


def why_not_reader(user: Any, subject: Subject, record: models.Model, sheets: list[Sheet]) -> str:
    """Return why this person may not confirm that the proof is right; "" if they may."""
    if user.pk in subject.writers(record).union(*(sheet.writers for sheet in sheets)):
        return "Bạn đã nhập hoặc sửa danh sách này, nên cần một người khác đọc bản bông."
    return ""


def unread(subject: Subject, record: models.Model, sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets that nobody has read with exactly these words."""
    known = _digests(record)
    return [sheet for sheet in sheets if digest_of(sheet, subject) not in known.get(sheet.key, ())]


def unread_of_run(run: PrintRun, record: models.Model) -> int:
    """Return how many sheets of the run nobody has read as they were frozen."""
    known = _digests(record)
    return sum(digest not in known.get(key, ()) for key, digest in run.job.get("read", {}).items())


def why_stale(run: PrintRun, subject: Subject, record: models.Model, sheets: list[Sheet]) -> str:
    """Return why the sheets of this run may not be signed any more; `sheets` are those of today."""
    if why := subject.why_not(record):
        return why
    digest = digest_of_all if "said" in run.job else digest_of  # a run asked for before has no "said"
    frozen = run.job.get("said") or run.job.get("read", {})
    today = {sheet.key: digest(sheet, subject) for sheet in sheets if sheet.key in frozen}
    changed = [key for key, words in frozen.items() if today.get(key) != words]
    if not changed:
        return ""
    names = {sheet["key"]: sheet["name"] for sheet in run.job.get("sheets", ())}
    named = ", ".join(names.get(key, key) for key in changed[:5])
    more = f" và {len(changed) - 5} tờ nữa" if len(changed) > 5 else ""
    return (
        f"Từ khi dựng tệp, {len(changed)} tờ đã đổi chữ, bị thu hồi hoặc không còn trong quyết định: "
        f"{named}{more}. Hãy dựng lại, ghi lý do, rồi tải bản mới."
    )


def readings_of(record: models.Model) -> list[ProofReading]:
    return list(ProofReading.objects.about(record).select_related("read_by"))


def confirm_read(
    subject: Subject, record: models.Model, sheets: list[Sheet], seen: dict[str, str], by: Any
) -> int:
    """Note that `by` read these sheets; returns how many.

    `seen` are the digests of the page that was read: a sheet that changed since is not noted.
    """
    digests = {
        sheet.key: digest for sheet in sheets if seen.get(sheet.key) == (digest := digest_of(sheet, subject))
    }
    if digests:
        kind = ContentType.objects.get_for_model(record)
        ProofReading.objects.create(
            content_type=kind, object_id=record.pk, subject=subject.key, digests=digests, read_by=by
        )
        held = next((words for perm in subject.readers if (words := capacity(by, perm, record))), "")
        audit_act(
            f"Đọc bản bông {subject.noun}", by, about=record, capacity=held, words=f"{len(digests)} tờ đúng."
        )
    return len(digests)


def _digests(record: models.Model) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for reading in ProofReading.objects.about(record):
        for key, digest in reading.digests.items():
            known.setdefault(key, set()).add(digest)
    return known

"""Ask for sheets: checked, frozen, and left for the worker."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from approvals.auditing import audit_act
from departments.access import capacity, owner
from press.enums import Purpose
from press.layout import Problem, find_problems, make_job
from press.models import Printer, PrintRun, PrintTemplate
from press.sheets import digest_of, digest_of_all, sheets_of
from press.subjects import Subject


class PrintRefused(Exception):
    """Nothing was asked for; `problems` name the sheets at fault."""

    def __init__(self, message: str, problems: list[Problem] | None = None):
        super().__init__(message)
        self.message, self.problems = message, problems or []


@dataclass(frozen=True)
class Order:
    """What is to be printed, and how. `keys` None: every sheet of the record."""

    template: PrintTemplate
    purpose: str = Purpose.SHOWN
    printer: Printer | None = None
    on_stock: bool = False
    keys: list[str] | None = None
    reason: str = ""


def order_run(subject: Subject, record: Any, order: Order, by: Any) -> PrintRun:
    """Freeze the sheets and store the run. Raises PermissionDenied or PrintRefused."""
    if not by.has_perm(subject.permission, record):
        raise PermissionDenied(subject.permission)
    is_signing = order.purpose == Purpose.SIGNING
    if is_signing:
        _may_be_signed(subject, record, order)
    with transaction.atomic():
        subject.model._default_manager.select_for_update().get(pk=record.pk)  # one order at a time counts
        sheets = sheets_of(subject, record, order.keys)
        if not sheets:
            raise PrintRefused("Chưa có tờ nào để in.")
        if is_signing:
            subject.before_signing(record, sheets)
        job = make_job(
            order.template,
            sheets,
            title=subject.title(record),
            printer=order.printer,
            on_stock=order.on_stock,
            is_marked=not is_signing,
        )
        if problems := find_problems(job, sheets, subject):
            raise PrintRefused("Chưa in được: có tờ thiếu chữ.", problems)
        again = is_signing and _printed_before(record, [sheet.key for sheet in sheets])
        if again and not order.reason.strip():
            raise PrintRefused(f"{again} tờ trong số này đã dựng để ký. Hãy ghi lý do in lại.")
        read = {sheet.key: digest_of(sheet, subject) for sheet in sheets}
        said = {sheet.key: digest_of_all(sheet, subject) for sheet in sheets}
        run = _store(subject, record, order, by, job | {"read": read, "said": said})
        noted = [run.template_name, run.printer_name, run.get_purpose_display(), order.reason.strip()]
        audit_act(
            f"In {subject.noun}: {len(sheets)} tờ",
            by,
            about=record,
            capacity=capacity(by, subject.permission, record),
            words=". ".join(filter(None, noted)),
        )
    return run


def _may_be_signed(subject: Subject, record: Any, order: Order) -> None:
    if why := subject.why_not(record):
        raise PrintRefused(why)
    if order.template.confirmed_on is None:
        raise PrintRefused(
            f"Mẫu “{order.template}” chưa được cơ quan xác nhận là đúng mẫu hiện hành, nên chỉ in được bản "
            "thể hiện. Mở mẫu in, đối chiếu rồi bấm “Xác nhận mẫu này”."
        )


def _printed_before(record: models.Model, keys: list[str]) -> int:
    """Return how many of these sheets were taken to be signed before, or can be taken, or will be."""
    runs = PrintRun.objects.about(record).filter(purpose=Purpose.SIGNING, failure="")
    printed: set[str] = set()
    for once in runs.exclude(taken_at=None, files_deleted_at__isnull=False).values_list("keys", flat=True):
        printed.update(once)
    return len(printed & set(keys))


def _store(subject: Subject, record: Any, order: Order, by: Any, job: dict[str, Any]) -> PrintRun:
    now = timezone.now()
    return PrintRun.objects.create(
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        subject=subject.key,
        title=job["title"],
        department=owner(record),
        template_name=order.template.name,
        printer_name=order.printer.name if order.printer else "",
        purpose=order.purpose,
        on_stock=order.on_stock,
        reason=order.reason,
        keys=[sheet["key"] for sheet in job["sheets"]],
        job=job | {"moment": int(now.timestamp())},
        background="" if order.on_stock else order.template.background.name or "",
        asked_by=by,
        asked_at=now,
    )

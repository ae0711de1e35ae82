"""The template that a subject ships: its boxes, brought to the size of the sheet."""

from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from departments.lineage import ApprovalLine
from departments.models import Department
from press.models import PrintBox, Printer, PrintTemplate
from press.presets import SIZES
from press.subjects import Subject, subject_of


def add_default_boxes(template: PrintTemplate) -> None:
    """Give a template without boxes those of its subject, in proportion to its size."""
    subject = subject_of(template.subject)
    if subject is None or template.boxes.exists():
        return
    base = SIZES["a4"]
    across, down = template.width / base.width, template.height / base.height
    letters = min(across, down)
    scale = {"x": across, "width": across, "y": down, "size": letters, "least": letters}
    boxes = []
    for position, fields in enumerate(subject.default_boxes()):
        scaled = {name: _tenths(Decimal(fields[name]) * by) for name, by in scale.items() if name in fields}
        boxes.append(PrintBox(template=template, position=position, **fields | scaled))
    PrintBox.objects.bulk_create(boxes)


def make_default_template(subject: Subject, unit: Department) -> PrintTemplate:
    """Return the shipped template as a new one of the unit."""
    size = SIZES["a4"]
    template = PrintTemplate.objects.create(
        name=f"{subject.label}, mẫu khởi đầu",
        subject=subject.key,
        department=unit,
        width=size.width,
        height=size.height,
        has_frame=True,
        note=subject.note,
    )
    add_default_boxes(template)
    return template


def templates_for(subject: Subject, unit_id: int) -> QuerySet[PrintTemplate]:
    """Return the templates that a unit may print with: its own and those of the units above it."""
    over = ApprovalLine(timezone.localdate()).over(unit_id)
    return PrintTemplate.objects.filter(subject=subject.key, department__in=over)


def printers_for(unit_id: int) -> QuerySet[Printer]:
    over = ApprovalLine(timezone.localdate()).over(unit_id)
    return Printer.objects.filter(department__in=over)


def _tenths(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"))

"""Print templates and runs for tests."""

from typing import Any

from awards.models import Decision
from awards.paper.subject import GIAY_KHEN
from departments.models import Department
from press.models import PrintRun, PrintTemplate
from press.ordering import Order, order_run
from press.running import draw_due
from press.starting import make_default_template


def make_template(unit: Department, **fields: Any) -> PrintTemplate:
    """The shipped template of the giấy khen, changed by `fields`."""
    template = make_default_template(GIAY_KHEN, unit)
    for name, value in fields.items():
        setattr(template, name, value)
    template.save()
    return template


def print_sheets(decision: Decision, template: PrintTemplate, by: Any, **order: Any) -> PrintRun:
    """A run that the worker has drawn."""
    run = order_run(GIAY_KHEN, decision, Order(template, **order), by)
    draw_due()
    run.refresh_from_db()
    return run

"""The admin of the press."""

from press.admin.printers import PrinterAdmin
from press.admin.templates import PrintTemplateAdmin

__all__ = ["PrintTemplateAdmin", "PrinterAdmin"]

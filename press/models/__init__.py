"""Tables of the press: templates with their boxes, printers, print runs, and what people did with sheets."""

from press.models.run import PrintRun, ProofReading, SheetWords
from press.models.template import PrintBox, Printer, PrintTemplate

__all__ = ["PrintBox", "PrintRun", "PrintTemplate", "Printer", "ProofReading", "SheetWords"]

"""Figures of the law on commendation that ship with the program, with the document each follows from."""

"""Why a table is not taken."""


class SheetRefused(Exception):
    """The file or table cannot be read; the message is for the person, `line` is where."""

    def __init__(self, message: str, line: int = 1):
        super().__init__(message)
        self.line = line

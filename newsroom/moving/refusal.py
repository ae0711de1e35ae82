"""Why a database is not moved."""


class MoveRefused(Exception):
    """Nothing was changed at the source; the message is for the operator."""

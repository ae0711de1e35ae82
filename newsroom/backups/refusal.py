"""Why a backup or a restore is not made."""


class BackupRefused(Exception):
    """It cannot be done now; the message says why and what to do."""

"""Why a backup is not made or not brought back."""


class BackupRefused(Exception):
    """It cannot be done; the message is one sentence that says what to do."""

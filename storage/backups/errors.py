"""Error of backup and restore."""


class BackupRefused(Exception):
    """Backup or restore cannot be done; the message is one sentence that says what to do."""

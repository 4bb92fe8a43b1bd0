"""Backups: a consistent copy while the office works, and restoring it. Its content stays encrypted."""


class BackupRefused(Exception):
    """Backup or restore cannot be done; the message is one sentence that says what to do."""

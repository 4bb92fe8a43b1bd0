"""Backups: a consistent copy while the office works, and restoring it. Its content stays encrypted.

BackupRefused     it cannot be done; the message says what is wrong and what to do
"""

from storage.backups.errors import BackupRefused

__all__ = ["BackupRefused"]

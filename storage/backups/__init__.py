"""Backups: a consistent copy while the office works, and the way back. What is inside stays encrypted.

BackupRefused     it cannot be done; `why` says what is the matter and what to do
"""

from storage.backups.errors import BackupRefused

__all__ = ["BackupRefused"]

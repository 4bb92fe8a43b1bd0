"""Backups: a consistent copy while the office works, and restoring it. Its content stays encrypted."""

from dataclasses import dataclass


class BackupRefused(Exception):
    """Backup or restore cannot be done; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a backup says about itself.

    `step`: its schema. `keys`: ids of the keys that it was written with, none before the first write, and `moved` or
    `moving` beside them (storage/keyring.py). `sample`: a sealed NIK with its row id, to test whether a key opens it.
    """

    step: str | None
    keys: frozenset[str]
    sample: tuple[int, bytes] | None

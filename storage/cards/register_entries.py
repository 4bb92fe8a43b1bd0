"""Rows of a register file with keyed hashes, for comparison with the store."""

from collections.abc import Sequence
from typing import NamedTuple

from domain.cards.register import RegisterRow
from storage.vault import Vault


class Entry(NamedTuple):
    """A row with the indexes of its NIK and the digests of its content, one per living key."""

    row: RegisterRow
    nik_indexes: tuple[bytes, ...]
    digests: tuple[bytes, ...]


def entries(rows: Sequence[RegisterRow], vault: Vault) -> list[Entry]:
    """Entries of some rows; made once, because the keyed hashes are half of the work."""
    return [
        Entry(
            row,
            vault.indexes(row.nik.digits, of="nik"),
            vault.indexes(_said(row), of="applications.digest"),
        )
        for row in rows
    ]


def _said(row: RegisterRow) -> str:
    phone = row.phone.e164 if row.phone else ""
    return (
        f"{row.number.canonical}\x1f{row.nik.digits}\x1f{row.name}\x1f{row.service}\x1f{row.stage}\x1f{row.raw_code}\x1f"
        f"{row.stage_on}\x1f{row.submitted_on}\x1f{row.complete_on}\x1f{row.point}\x1f{row.district}\x1f{row.village}\x1f"
        f"{phone}\x1f{row.note}\x1f{sorted(row.told)}"
    )

"""The state of an application before an import changed it, sealed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from storage.vault import Vault

_DAYS = ("stage_on", "submitted_on", "complete_on")
_PLAIN = ("service", "stage", "raw_code", "stage_by", "point", "district", "village")
_SEALED = ("name", "phone", "note")


def sealed(vault: Vault, known: Row[Any], *, change: int) -> bytes:
    """The application as it is, for the row `change` of import_changes."""
    stands = known._asdict()
    said: dict[str, Any] = {name: stands[name] for name in _PLAIN}
    said |= {name: stands[name] and stands[name].isoformat() for name in _DAYS}
    said |= {
        name: stands[name] and vault.open(stands[name], at=f"applications.{name}:{known.id}")
        for name in _SEALED
    }
    said["digest"] = known.digest.hex()
    said["updated_at"] = known.updated_at.isoformat()
    return vault.seal_json(said, at=_place(change))


def opened(vault: Vault, before: bytes, *, change: int, application: int) -> dict[str, Any]:
    """Values of the columns of `applications` as they were, sealed anew."""
    said = vault.open_json(before, at=_place(change)) or {}
    values: dict[str, Any] = {name: said[name] for name in _PLAIN}
    values |= {name: said[name] and date.fromisoformat(said[name]) for name in _DAYS}
    values |= {
        name: said[name] and vault.seal(said[name], at=f"applications.{name}:{application}")
        for name in _SEALED
    }
    values["phone_index"] = said["phone"] and vault.index(said["phone"], of="phone")
    values["digest"] = bytes.fromhex(said["digest"])
    if "updated_at" in said:  # changes of the last release have none
        values["updated_at"] = datetime.fromisoformat(said["updated_at"])
    return values


def _place(change: int) -> str:
    return f"import_changes.before:{change}"

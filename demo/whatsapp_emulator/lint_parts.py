"""Building blocks of the message checks."""

from collections.abc import Iterable
from typing import Any

from demo.whatsapp_emulator.refusals import RefusedCall, bad_parameter, bad_value, missing

Json = dict[str, Any]


def only(content: Json, known: set[str], where: str) -> None:
    """Refuse unknown keys, as the platform does."""
    if unknown := sorted(content.keys() - known):
        raise bad_parameter(f"Unexpected key {unknown[0]!r} in {where}.")


def in_object(content: Json, key: str) -> Json:
    """A required object."""
    value = content.get(key)
    if value is None:
        raise missing(key)
    if not isinstance(value, dict):
        raise bad_parameter(f"Param {key} must be an object.")
    return value


def in_list(content: Json, key: str, *, least: int, most: int) -> list[Any]:
    """A list with `least` to `most` items."""
    value = content.get(key)
    if value is None:
        raise missing(key)
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise bad_value(f"{key} holds {least} to {most} items.")
    return value


def string(content: Json, key: str, *, most: int, code: int = 131009) -> str:
    """A required text, not blank and not too long."""
    value = content.get(key)
    if value is None:
        raise missing(key)
    if not isinstance(value, str):
        raise bad_parameter(f"Param {key} must be a text.")
    if not value.strip():
        raise RefusedCall(code, f"{key} is empty.")
    if len(value) > most:
        raise RefusedCall(code, f"{key} has {len(value)} characters, at most {most} are taken.")
    return value


def number(content: Json, key: str, *, most: float) -> None:
    """Check a number between -most and most."""
    try:
        value = float(content[key])
    except KeyError:
        raise missing(key) from None
    except (TypeError, ValueError):
        raise bad_parameter(f"Param {key} must be a number.") from None
    if not -most <= value <= most:
        raise bad_value(f"{key} is between {-most} and {most}.")


def no_twins(values: Iterable[str], what: str) -> None:
    """Refuse duplicates."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise bad_value(f"Duplicated {what}: each has to be unique within the message.")
        seen.add(value)

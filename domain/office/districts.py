"""Kecamatan of an office, and the neighbouring office."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from domain.text.typed import bare


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A kecamatan with its six-digit code. `serves` are ids of further points that serve it."""

    code: str
    name: str
    serves: tuple[str, ...] = field(default=(), metadata={"alone": True})

    def __post_init__(self) -> None:
        object.__setattr__(self, "code", self.code.replace(".", ""))
        if not re.fullmatch(r"[0-9]{6}", self.code):
            raise ValueError('code must be six digits like "12.34.56"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The neighbouring office, where some residents should go; they are told kindly and never refused.

    `prefixes` are the first digits of its codes: of kecamatan, and of NIKs issued there.
    """

    name: str
    office: str
    prefixes: tuple[str, ...]

    def __post_init__(self) -> None:
        if not all(re.fullmatch(r"[0-9]{2,6}", one) for one in self.prefixes):
            raise ValueError("prefixes must be two to six digits each")

    def has(self, code: str) -> bool:
        """Whether a code, or a NIK that begins with one, belongs to the neighbour."""
        return code.startswith(self.prefixes)


def district_named(text: str, districts: tuple[District, ...]) -> District | None:
    """Find a kecamatan by name ("Kec. Sooko", "dawar blandong") or code ("35.16.13"); None if unknown."""
    name, known = bare(text), _known(districts)
    for title in ("KECAMATAN", "KEC"):
        if name.removeprefix(title) in known:
            return known[name.removeprefix(title)]
    return None


@lru_cache(maxsize=8)
def _known(districts: tuple[District, ...]) -> Mapping[str, District]:
    return {spelled: one for one in districts for spelled in (one.code, bare(one.name))}

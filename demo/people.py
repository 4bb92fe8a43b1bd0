"""Invented people: typical names of East Java in invented combinations, and invented NIKs.

No row comes from a list of real persons; any resemblance is a coincidence.
"""

import tomllib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from domain.office.districts import District
from domain.office.office import Office

_NAMES = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
# Regions of first registration other than the office's: neighbouring regencies, and far ones.
_ELSEWHERE = (
    "351508",
    "351711",
    "352413",
    "357602",
    "357811",
    "357501",
    "350710",
    "320415",
    "647204",
    "531001",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An invented person; `nik` has all sixteen digits."""

    name: str
    nik: str
    district: District
    village: str


def made_up_person(
    chance: Random, office: Office, *, today: date, ages: tuple[int, int], taken: AbstractSet[str]
) -> Person:
    """A random person within `ages` (in years, inclusive) whose NIK is not in `taken`."""
    woman = chance.random() < 0.5  # noqa: PLR2004 (as many women as men)
    here = [one for one in office.districts if not office.neighbour.has(one.code)]
    weights = _RESIDENTS if len(here) == len(_RESIDENTS) else None
    district = chance.choices(here, weights=weights)[0]
    villages = _NAMES["villages"].get(district.name, [district.name])
    name, village = _name(chance, woman=woman), chance.choice(villages)
    while (nik := _nik(chance, woman=woman, district=district, today=today, ages=ages)) in taken:
        continue
    return Person(name=name, nik=nik, district=district, village=village)


def _name(chance: Random, *, woman: bool) -> str:
    sex = "women" if woman else "men"
    parts = [chance.choice(_NAMES[sex])]
    # Single names are common among old people, three names among young ones.
    parts += chance.sample(_NAMES[f"{sex}_second"], chance.choices((0, 1, 2), weights=(1, 7, 2))[0])
    return " ".join(parts).upper()


def _nik(chance: Random, *, woman: bool, district: District, today: date, ages: tuple[int, int]) -> str:
    region = district.code if chance.random() < 0.85 else chance.choice(_ELSEWHERE)  # noqa: PLR2004
    youngest, oldest = ages
    born = today - timedelta(days=chance.randint(int(youngest * _YEAR) + 1, int((oldest + 1) * _YEAR) - 1))
    # Serials count within one district and day, so they are nearly always small.
    serial = min(1 + int(chance.expovariate(0.7)), 60)
    return f"{region}{born.day + 40 * woman:02}{born:%m%y}{serial:04}"


_YEAR = 365.25
# Thousands of residents per district of the sample, roughly; only the differences matter.
_RESIDENTS = (43, 43, 58, 30, 84, 79, 65, 81, 56, 53, 79, 76, 77, 60, 60, 89, 53, 53)

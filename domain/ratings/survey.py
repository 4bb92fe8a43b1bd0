"""The official form apart from the nine questions: time band, profile, and sample size."""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from fractions import Fraction
from math import floor

from domain.text.colloquial import standard

_LONGEST_ASIDE = 60  # characters
_LEFT = re.compile(
    r"\bbanyak(?: \w+)? (?:pertanyaan|soal|tanya)\w*|\b(?:pertanyaan|soal|tanya)\w* (?:\w+ )?(?:banyak|berapa)\b|"
    r"\bmasih (?:banyak|lama|panjang)\b|\b(?:berapa|sisa|kurang berapa) (?:pertanyaan|soal|lagi)\b|\b(?:kurang|sampai|sisa) berapa\b|"
    r"^(?:kenapa |lama |panjang )+(?:banget|sekali)?$|\bmany (?:lagi )?questions\b|\bberapa (?:lagi )?questions\b"
)
_LATER = re.compile(
    r"^(?:nanti|lain kali|besok|kapan|later)(?: (?:saja|dulu|isi|ngisi\w*|mengisi|jawab|lagi|malam|sore|ya))*$"
)


class TimeBand(StrEnum):
    """Time of the answer, as coarse as on the form."""

    MORNING = "08-12"
    AFTERNOON = "13-17"
    OTHER = "lain"


class Sex(StrEnum):
    """As on the form: laki-laki, perempuan."""

    MALE = "L"
    FEMALE = "P"


class AgeBand(StrEnum):
    """Bands instead of years, because a year of age helps to identify a person."""

    TO_16 = "0-16"
    TO_25 = "17-25"
    TO_35 = "26-35"
    TO_45 = "36-45"
    TO_55 = "46-55"
    OLDER = "56+"


class Education(StrEnum):
    """Highest school completed."""

    SD = "SD"
    SMP = "SMP"
    SMA = "SMA"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"


class Job(StrEnum):
    """Main occupation."""

    PNS = "PNS"
    TNI = "TNI"
    POLRI = "POLRI"
    SWASTA = "Swasta"
    WIRAUSAHA = "Wirausaha"
    LAINNYA = "Lainnya"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The person's optional profile."""

    sex: Sex | None = None
    age_band: AgeBand | None = None
    education: Education | None = None
    job: Job | None = None


PROFILE: dict[str, type[StrEnum]] = {"sex": Sex, "age_band": AgeBand, "education": Education, "job": Job}


def tired_of_survey(text: str) -> str | None:
    """Whether a text asks how much is "left", or wants to answer "later"; else None."""
    said = standard(text) if len(text) <= _LONGEST_ASIDE else ""
    return "left" if _LEFT.search(said) else "later" if _LATER.search(said) else None


def band_of(moment: time) -> TimeBand:
    """Time band on the office's clock; noon break and evening are `OTHER`."""
    if time(8) <= moment < time(12):
        return TimeBand.MORNING
    if time(13) <= moment < time(17):
        return TimeBand.AFTERNOON
    return TimeBand.OTHER


_CHI_SQUARE = Fraction(3841, 1000)  # one degree of freedom, 95 %
_SPREAD = Fraction(1, 4)  # p(1-p) at its largest
_ERROR_SQUARED = Fraction(25, 10_000)  # 5 % squared


def sample_needed(population: int) -> int:
    """Sample size for a population (Krejcie and Morgan 1970), to the nearest; 0 for none."""
    if population <= 0:
        return 0
    chance = _CHI_SQUARE * _SPREAD
    return floor(chance * population / (_ERROR_SQUARED * (population - 1) + chance) + Fraction(1, 2))


SAMPLE_OF_MANY = floor(_CHI_SQUARE * _SPREAD / _ERROR_SQUARED)  # 384: enough for any population

"""The office's sentences, read once for all tests: to read them takes longer than most of the tests that need them."""

from datetime import tzinfo
from functools import cache

from bot.setup.office_file import load_office
from domain.office.office import Office
from locales.texts import Texts

_SAMPLE = load_office(None)
WIB = _SAMPLE.timezone


def the_texts(office: Office = _SAMPLE) -> Texts:
    """Give what an office says, which nobody changes; a missing variable is a fault."""
    return _texts(office.zone, office.languages, office.timezone)


@cache
def _texts(_zone: str, languages: tuple[str, ...], zone: tzinfo) -> Texts:
    return Texts(zone=zone, languages=languages, strict=True)

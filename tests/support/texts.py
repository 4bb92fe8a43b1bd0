"""The texts, loaded once for all tests, because loading takes longer than most tests."""

from datetime import tzinfo
from functools import cache

from bot.setup.office_file import load_office
from domain.office.office import Office
from locales.texts import Texts

THE_OFFICE = load_office(None)
WIB = THE_OFFICE.timezone


def the_texts(office: Office = THE_OFFICE) -> Texts:
    """Texts of an office, which must not be changed; a missing variable is an error."""
    return _texts(office.zone, office.languages, office.timezone)


@cache
def _texts(_zone: str, languages: tuple[str, ...], zone: tzinfo) -> Texts:
    return Texts(zone=zone, languages=languages, strict=True)

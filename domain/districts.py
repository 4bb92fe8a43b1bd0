"""The kecamatan of Kabupaten Mojokerto (35.16) and of Kota Mojokerto (35.76), which has an office of its own."""

from dataclasses import dataclass

from domain.typed import bare


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan with its six-digit code."""

    code: str
    name: str

    @property
    def is_kota_mojokerto(self) -> bool:
        """Served by the office of Kota Mojokerto: said kindly, never refused."""
        return self.code.startswith("3576")


_KABUPATEN = (
    "Jatirejo Gondang Pacet Trawas Ngoro Pungging Kutorejo Mojosari Dlanggu Bangsal Puri Trowulan Sooko Gedeg "
    "Kemlagi Jetis Dawarblandong Mojoanyar"
)
_KOTA = "Prajuritkulon Magersari Kranggan"

DISTRICTS = tuple(
    District(f"{regency}{number:02}", name)
    for regency, names in (("3516", _KABUPATEN), ("3576", _KOTA))
    for number, name in enumerate(names.split(), start=1)
)
_BY_NAME = {bare(district.name): district for district in DISTRICTS}
_BY_CODE = {district.code: district for district in DISTRICTS}


def district_named(text: str) -> District | None:
    """Find a kecamatan by name ("Kec. Sooko", "dawar blandong") or code ("35.16.13"), or give None."""
    name = bare(text)
    for title in ("KECAMATAN", "KEC"):
        if name.removeprefix(title) in _BY_NAME:
            return _BY_NAME[name.removeprefix(title)]
    return _BY_CODE.get(name)

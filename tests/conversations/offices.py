"""The sample offices of the product, each with an applicant."""

from dataclasses import dataclass
from pathlib import Path

from bot.setup.office_file import OTHER_SAMPLES, load_office
from domain.office.office import Office
from domain.office.registration import check_character


@dataclass(frozen=True, kw_only=True)
class Town:
    """One office as a test meets it. `opens` and `closes` are its hours, `district` a kecamatan that `point` serves."""

    office: Office
    zone: str
    opens: str
    closes: str
    point: str
    district: str
    next_door: str
    their_office: str

    def person(self, serial: str, name: str, *, code: str | None = None) -> dict[str, str]:
        """Somebody with a registration number of this office; their NIK was issued in its first kecamatan."""
        prefix, day = self.office.number.prefix, "261102"
        return {
            "no_registrasi": f"{prefix}-{day}-{serial}-{check_character(prefix + day + serial)}",
            "nik": f"{code or self.office.districts[0].code}410790{serial}",
            "nama": name,
        }


def towns() -> dict[str, Town]:
    mojokerto, kendari = load_office(None), load_office(OTHER_SAMPLES / "kendari.toml")
    return {
        "mojokerto": Town(
            office=mojokerto,
            zone="WIB",
            opens="08.00",
            closes="15.00",
            point="Kantor Kecamatan Jetis",
            district="Gedeg",
            next_door="Kota Mojokerto",
            their_office="Dispendukcapil Kota Mojokerto",
        ),
        "kendari": Town(
            office=kendari,
            zone="WITA",
            opens="07.30",
            closes="15.30",
            point="Kantor Kecamatan Baruga",
            district="Wua-Wua",
            next_door="Kabupaten Konawe",
            their_office="Disdukcapil Kabupaten Konawe",
        ),
    }


def files() -> list[Path]:
    """The office files that ship beside the first sample."""
    return sorted(OTHER_SAMPLES.glob("*.toml"))

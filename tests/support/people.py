"""Invented people. Their NIKs are no real ones: region 35.16.99 does not exist."""

from domain.office.registration import NumberFormat, check_character

FORMAT = NumberFormat(prefix="MJK")


def number(serial: str, day: str = "261102") -> str:
    """A registration number with its check character."""
    return f"MJK-{day}-{serial}-{check_character(f'MJK{day}{serial}')}"


SRI = {"no_registrasi": number("0007"), "nik": "3516994107900001", "nama": "Sri Aminah"}
BUDI = {"no_registrasi": number("0008"), "nik": "3516990101850002", "nama": "Budi Santoso"}


KOTA = {"no_registrasi": number("0009"), "nik": "3576014107900003", "nama": "Dewi Lestari"}
CHILDREN = [
    {"no_registrasi": number(f"00A{n}"), "nik": f"351699100115000{n}", "nama": name}
    for n, name in enumerate(("Ahmad Fauzi", "Aulia Firdaus", "Bagus Pratama"), start=1)
]


def row(person: dict[str, str], status: str, **more: str) -> dict[str, str]:
    """A row of the office's list."""
    return {
        **person,
        "layanan": "ktp_hilang",
        "status": status,
        "tanggal": "2026-11-20",
        "lokasi": "sooko",
        **more,
    }

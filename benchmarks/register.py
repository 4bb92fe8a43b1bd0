"""An invented register of any size, with the same rows on every run. All NIKs and names are invented."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
AS_OF = date(2026, 11, 20)
COLUMNS = (
    "no_registrasi",
    "nik",
    "nama",
    "layanan",
    "status",
    "tanggal",
    "tanggal_masuk",
    "tanggal_lengkap",
    "lokasi",
    "kecamatan",
    "desa",
    "no_hp",
    "catatan",
)
FIRST = [
    "Siti",
    "Agus",
    "Dewi",
    "Budi",
    "Sri",
    "Eko",
    "Wahyu",
    "Nur",
    "Rina",
    "Joko",
    "Endah",
    "Hadi",
    "Tutik",
    "Imam",
    "Lestari",
    "Yuni",
    "Fajar",
    "Galuh",
]
LAST = [
    "Aminah",
    "Santoso",
    "Lestari",
    "Prasetyo",
    "Wahyuni",
    "Utomo",
    "Rahmawati",
    "Hidayat",
    "Kusuma",
    "Mulyono",
    "Cahyani",
    "Basuki",
]
DISTRICTS = [
    "Jatirejo",
    "Gondang",
    "Pacet",
    "Trawas",
    "Ngoro",
    "Pungging",
    "Kutorejo",
    "Mojosari",
    "Dlanggu",
    "Bangsal",
    "Puri",
]
POINTS = ("sooko", "mpp", "mojosari", "gondang", "jetis")
SERVICES = ("ktp_baru", "ktp_hilang", "ktp_rusak", "ktp_ubah", "ktp_pindah")
STAGES = (
    "READY_FOR_PICKUP",
    "WAITING_BLANK",
    "PRINT_READY",
    "READY_FOR_PICKUP",
    "SENT_TO_CENTER",
    "RECORDED",
    "READY_FOR_PICKUP",
    "SUBMITTED",
)
STAGE_WORDS = {"READY_FOR_PICKUP": "siap diambil", "WAITING_BLANK": "blangko"}
DAYS = 300
PER_DAY = len(ALPHABET) ** 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One application of the register."""

    number: str
    nik: str
    name: str
    stage: str
    row: tuple[str, ...]

    @property
    def masked_name(self) -> str:
        return mask(self.name)


def mask(name: str) -> str:
    return " ".join(f"{word[0]}***" for word in name.split())


def check_character(text: str) -> str:
    """Check character by ISO 7064 MOD 37,36."""
    product = 36
    for letter in text:
        product = (product + ALPHABET.index(letter)) % 36 or 36
        product = product * 2 % 37
    return ALPHABET[(37 - product) % 36]


def serial(index: int) -> str:
    """Four random-looking characters, unique for each index of a day."""
    value = (index * 1_000_003 + 7) % PER_DAY  # 1,000,003 is prime to 36**4: no serial repeats
    letters = ""
    for _ in range(4):
        value, place = divmod(value, 36)
        letters += ALPHABET[place]
    return letters


def nik(index: int) -> str:
    """A valid NIK, unique for each index (about 1.8 thousand million)."""
    rest, district = divmod(index, 18)
    rest, offset = divmod(rest, 10_000)
    born = date(1960, 1, 1) + timedelta(days=offset)
    return f"3516{district + 1:02}{born:%d%m%y}{rest % 9_999 + 1:04}"


def entry(index: int) -> Entry:
    place, day_number = divmod(index, DAYS)
    submitted = AS_OF - timedelta(days=day_number + 2)
    body = f"MJK{submitted:%y%m%d}{serial(place)}"
    number = f"{body[:3]}-{body[3:9]}-{body[9:]}-{check_character(body)}"
    name = f"{FIRST[index % len(FIRST)]} {LAST[index // 7 % len(LAST)]}"
    stage = STAGES[index // 3 % len(STAGES)]
    person = nik(index)
    row = (
        number,
        person,
        name,
        SERVICES[index % len(SERVICES)],
        stage,
        str(submitted + timedelta(days=1)),
        str(submitted),
        str(submitted),
        POINTS[index % len(POINTS)],
        DISTRICTS[index % len(DISTRICTS)],
        "",
        f"0812{index % 100_000_000:08}",
        "",
    )
    return Entry(number, person, name, stage, row)


def entries(start: int, stop: int) -> Iterator[Entry]:
    return map(entry, range(start, stop))


def write_csv(path: Path, start: int, stop: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(one.row for one in entries(start, stop))
    return path

"""A conversation like a real one, for the browser tests and for pictures."""

from dataclasses import replace

from bot.channel import Heard
from handlers.engine.screen import Screen
from tests.web.office import choices

WELCOME = (
    "Selamat datang di layanan KTP-el *Dispendukcapil Kabupaten Mojokerto*.\n\n"
    "Yang disimpan: nomor registrasi, NIK (disandikan), dan alamat chat ini.\n"
    "Gunanya: menjawab status, dan memberi kabar bila diminta.\n\n"
    "Ada yang bisa kami bantu? Pilih, atau ketik angkanya."
)
REPORT = (
    "*KTP-el S*** A*** siap diambil.*\n\n"
    "Tempat: Kantor Dispendukcapil, Jl. R.A. Basuni No. 4, Sooko\n"
    "Jam: Senin-Kamis 08.00-15.00, Jumat 08.00-11.00\n"
    "Bawa: tanda terima, KK, dan KTP lama bila ada. *Gratis.*\n\n"
    "NIK 3516********0001. Data per 23 November 2026."
)


LANGUAGES = Screen(
    text="Silakan pilih bahasa:",
    choices=choices("Indonesia", "Jawa", "English", question="bahasa"),
    language="id",
)
ENGLISH = Screen(text="All right, we will use English from here on.", language="en")
NUMBER = Screen(
    text="Silakan tulis *nomor registrasi* dari tanda terima.\nContoh: MJK-261102-0007-Z", language="id"
)
NIK = Screen(text="Terima kasih. Sekarang tulis NIK (16 angka).", language="id")
HINTS = (
    "Sampai di mana berkasnya, dan perlu datang atau tidak",
    "Alamat, jam buka, dan nomor telepon kantor",
    None,
)
MENU = Screen(
    text=WELCOME,
    choices=tuple(
        replace(choice, hint=hint)
        for choice, hint in zip(
            choices("Cek status KTP", "Petugas", "Bahasa / Language", question="menu"), HINTS, strict=True
        )
    ),
    language="id",
)
SAID = {
    "/menu": MENU,
    "/batal": MENU,
    "/bahasa": LANGUAGES,
    "menu.3": LANGUAGES,
    "bahasa.3": ENGLISH,
    "menu.1": NUMBER,
    "1": NUMBER,
}


def counter(heard: Heard) -> Screen:
    """Menu, number, NIK, answer."""
    if heard.text.startswith("MJK"):
        return NIK
    if heard.text.isdecimal() and len(heard.text) == 16:
        return Screen(
            text=REPORT,
            choices=choices("Kabari saya bila ada perubahan", "Petugas", question="kabari"),
            deletes=heard.said_in,
            language="id",
        )
    unknown = replace(MENU, text="Maaf, kami belum paham. Silakan pilih salah satu.")
    return SAID.get(heard.choice or heard.text, unknown)

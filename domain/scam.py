"""Forwarded texts that want something from people in the name of a population office."""

import re

from domain.typed import plain

_LINK = re.compile(
    r"https?://|www\.|\bbit\.ly|\bs\.id/|\bwa\.me/|\.apk\b|\b[a-z0-9-]+\.(?:com|xyz|site|top|info|online|click)\b"
)
_WANTS = re.compile(
    r"\b(?:otp|kode verifikasi|kode rahasia|m-?pin|pin atm|nomor rekening|no rek|rekening|transfer|biaya admin\w*|"
    r"download|unduh|instal\w*|install|aplikasi|ibu kandung|foto ktp|selfie|swafoto|klik|click|verification code)\b"
)
_PRESSES = re.compile(
    r"\b(?:segera|blokir\w*|diblokir|nonaktif\w*|dinonaktifkan|hangus|1x24|2x24|24 jam|hari ini juga|terakhir|"
    r"sanksi|denda|hadiah|bantuan tunai|bansos|aktivasi|dihapus|urgent|blocked)\b"
)
_LEAST = 25  # characters: "apa itu otp?" is a question


def looks_like_scam(text: str) -> bool:
    """Tell whether a text looks like a known trick: it wants a secret, money, an app or a click, and presses or links.

    A warning costs nothing, so it errs on the side of warning; nothing else is done with the text.
    """
    said = plain(text).casefold()
    if len(said) < _LEAST:
        return False
    wants = len(set(_WANTS.findall(said)))
    links = bool(_LINK.search(said))
    return wants >= 1 and (links or bool(_PRESSES.search(said))) and (wants + links + 1 > 1)

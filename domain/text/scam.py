"""Detects forwarded fraud texts in the name of a population office."""

import re

from domain.text.typed import plain

_LINK = re.compile(
    r"https?://|www\.|\bbit\.ly|\bs\.id/|\bwa\.me\b|\.apk\b|[a-z0-9-]\.(?:com|xyz|site|top|info|online|click)\b"
)
_OUR_NAME = re.compile(r"\b(?:e-)?ktp\b|\bikd\b|\bkk\b|dukcapil|kependudukan")
# What no office asks for in a chat; below, what people also ask about themselves ("bayar berapa?", "aplikasi
# apa?").
_SECRETS = re.compile(
    r"\b(?:otp|kode verifikasi|kode rahasia|m-?pin|pin atm|nomor rekening|no rek|rekening|transfer|tf|qris|ibu kandung|"
    r"foto (?:ktp|kk)|selfie|swafoto|apk|klik|click|link|tautan|"
    r"share screen|berbagi layar|verification code)\b"
)
_THINGS = re.compile(
    r"\b(?:uang|duit|money|m?bayar\w*|biaya admin\w*|pulsa|download|unduh|instal\w*|aplikasi)\b"
)
_THREATS = re.compile(
    r"\b(?:segera|blokir\w*|diblokir|nonaktif\w*|dinonaktifkan|hangus|1x24|2x24|24 jam|sanksi|hadiah|bantuan tunai|"
    r"dihapus|urgent|blocked)\b"
)
_HURRIES = re.compile(
    r"\b(?:hari ini|terakhir|denda|bansos|aktivasi|(?:di)?suruh|kirim(?:kan)?|share|sebutkan|berikan|grup|undangan|aman|sms|wa|whatsapp|tele?pon|telp)\b"
)
_CAME = re.compile(
    r"\b(?:dapa?t|dapet|terima|ada|enek|ono|wonten|entuk|dikirimi?) (?:\w+ )?(?:sms|wa|whatsapp|pesan|email|tele?pon|telp|chat)\b|"
    r"\bditele?pon\b|\bme?ngaku\b|\bmengatasnamakan\b|\bdihubungi\b|\bbeneran\b|\bapa(?:kah)? benar\b|\b(?:called|phoned|claiming|texted)\b"
)
_PAYS = re.compile(r"\b(?:transfer|tf|qris|rekening|no rek|gopay|ovo)\b")
_AMOUNT = re.compile(r"\brp\.? ?\d|\b\d+ ?(?:rb|ribu|k|jt|juta)\b")
_DOUBTED = re.compile(r"\b(?:hoax|hoaks|penipuan|penipu|tipuan|scam)\b")
_LEAST = 25  # characters: "apa itu otp?" is a question


def looks_like_scam(text: str) -> bool:
    """Whether a text looks like a known fraud: it demands something, and it threatens, links or was received.

    A resident who wonders whether something is a fraud is warned, too. The warning is harmless, so the check
    prefers to warn; the text is not used otherwise.
    """
    said = plain(text).casefold()
    if len(said) < _LEAST:
        return False
    if (_LINK.search(said) or _DOUBTED.search(said)) and _OUR_NAME.search(said):
        return True
    if _PAYS.search(said) and _AMOUNT.search(said):
        return True
    came = bool(_LINK.search(said) or _THREATS.search(said) or _CAME.search(said))
    if _SECRETS.search(said):
        return came or bool(_HURRIES.search(said))
    return came and bool(_THINGS.search(said))

"""Detects reports of residents who were asked for money, or treated rudely, by somebody in office."""

import re

from domain.text.typed import lowered

_ENDS = r"(?:nya|ne|e|ipun)?"
_WHO = re.compile(
    rf"\b(?:petugas|pegawai|oknum|staf|staff|loket|satpam|calo|(?:ke|kepala )?kades|kepala desa|perangkat|aparat|"
    rf"pamong|sekdes|carik|modin|kasun|kepala dusun|bayan|lurah|camat|kelurahan|kecamatan|balai desa|kantor desa|"
    rf"(?:pak|bu|ketua) r[tw]|(?:orang|wong|mas|mbak|pak|bu|bapak|ibu) (?:dukcapil|kantor|loket|desa|deso|kelurahan|"
    rf"kecamatan|yang jaga)|yang jaga|officer|clerk|official|village head){_ENDS}\b"
)
_MONEY = r"(?:uang|duit|duwit|yotro|arto|bayar\w*|mbayar|rokok|pelicin|amplop|tip|ongkos|biaya|imbalan|jatah|(?:rp\.? ?)?\d+ ?(?:rb|ribu|k|jt|juta)\b|\w+ (?:ribu|juta)\b)"
_DEMANDS = re.compile(
    r"\b(?:pungli|pungutan liar|suap|disuap|menyuap|sogok\w*|nyogok|bribe\w*)\b|"
    rf"\b(?:di|me|n|ng)?(?:minta|mintai|mintak|jaluk|jaluki|njaluk|nyuwun|suruh|kongkon|tarik|narik|tariki|pungut|"
    rf"palak|peras|todong|kenai|kenakan|meminta|menarik|menyuruh|nyuruh|tagih|nagih)(?:in|i)?\b(?: \w+){{0,3}}? {_MONEY}|"
    r"\b(?:asked|wanted|demanded|made) (?:me |us |my \w+ )?(?:for |to )?(?:pay|money|a fee|cash)\b"
)
_SUFFERED = re.compile(
    rf"\b(?:saya|aku|kulo|sy|kami|ibu saya|bapak saya|anak saya|kok)?\s*(?:di|dipun)(?:minta|mintai|mintak|jaluk|jaluki|suruh|"
    rf"kongkon|tarik|tariki|pungut|palak|peras|todong|tagih)(?:in|i)?\b(?: \w+){{0,2}}? {_MONEY}"
)
_AMOUNT = re.compile(
    r"\brp\.? ?\d|\b\d+ ?(?:rb|ribu|k|jt|juta)\b|\b(?:se|dua |tiga |lima |sepuluh )\w* ?(?:ribu|ratus|juta)\b"
)
_PAID = re.compile(
    r"\b(?:sudah|udah|uwis|wis|wes|sampun|habis|terlanjur) (?:\w+ )?(?:bayar|mbayar|membayar|transfer|ngasih|kasih|setor|keluar|nyetor)\b"
)
_TELLS = re.compile(r"\b(?:lapor|melapor\w*|laporkan|mengadu|adukan|komplain|wadul|report)\b")
_RUDE = re.compile(
    rf"\b(?:kasar|galak|judes|jutek|ketus|sinis|sombong|arogan|bentak\w*|di ?bentak\w*|membentak\w*|mbentak\w*|"
    rf"marah(?:-marah| marah|i)?|dimarahi|memaki|dimaki\w*|maki-maki|mengusir|ngusir|diusir|menghina|dihina|melecehkan|dilecehkan|"
    rf"(?:tidak|nggak|gak|ga|ndak|ora|kurang) (?:sopan|ramah)|pilih kasih|rude|unfriendly|shouted|yelled|insulted){_ENDS}\b"
)
_DENIED = re.compile(
    r"\b(?:tidak|tdk|nggak|enggak|gak|ga|ndak|ora|mboten|bukan|jangan|not) (?:\w+ )?(?:kasar|galak|judes|jutek|ketus|marah\w*|"
    r"(?:di)?minta\w*|(?:di)?suruh|ditarik|dipungut|rude)\b"
)
_FROM_AFAR = re.compile(
    r"https?://|www\.|\b(?:wa|whatsapp|sms|tele?pon|telp|tlp|ditele?pon|chat|pesan|email|ngaku|mengaku|mengatasnamakan|"
    r"otp|kode|link|tautan|apk|aplikasi|klik|rekening|penipuan|penipu|hoax|hoaks|kirim|called|phoned|scam)\b"
)
_TWICE = re.compile(r"\b([a-z]{3,})2\b")  # "marah2"
_LONGEST = 600  # characters; a longer text is a story for the officer, and costs time to search


def is_grievance(text: str) -> bool:
    """Whether a text reports a demand for money by somebody in office, or a rude one.

    Demands by phone or chat are fraud (domain/text/scam.py). The resident sees their words before anything is
    filed, so the check may err.
    """
    said = _said(text)
    if said is None:
        return False
    who = _WHO.search(said)
    if who and (_DEMANDS.search(said) or _RUDE.search(said)):
        return True
    suffered = _SUFFERED.search(said) and (_AMOUNT.search(said) or _TELLS.search(said))
    return bool(suffered or (_PAID.search(said) and _AMOUNT.search(said)))  # every service is free


def tells_of_money(text: str) -> bool:
    """Whether a complaint tells that money was demanded; who demanded it need not stand in it."""
    said = _said(text)
    return said is not None and bool(_DEMANDS.search(said) or _SUFFERED.search(said))


def _said(text: str) -> str | None:
    """The text in plain words; None if it denies a demand, or tells of one from afar."""
    said = _TWICE.sub(r"\1", lowered(text)[:_LONGEST])
    return None if _FROM_AFAR.search(said) or _DENIED.search(said) else said

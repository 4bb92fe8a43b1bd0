"""Follow-up questions about a card that was just shown: what a short sentence is about."""

import re

from domain.text.colloquial import standard
from domain.text.topics import ABOUT_A_CARD, CLEAR, ELSEWHERE, classifier

RECORDED = "record-"
"""Begins a topic that is asked about a recording."""
_LONGEST = 160  # characters; a longer text is a story
_WORDS_AT_MOST = 18
_SMALL_NUMBER = re.compile(r"\d{1,2}(?:[.:]\d{2})?(?:an|x|rb|ribu|k)?|[a-z]+2(?:e|ne|nya)?")
_DIGIT = re.compile(r"\d")
_OF_A_RECORDING = frozenset({"where", "who", "queue", "when", "bring"})
_RECORDING = re.compile(r"\b(?:rekam|sidik jari|fingerprint|biometric)\b")
_PICKUP = re.compile(r"\b(?:ambil|cetak)\b")
_HOURS = re.compile(
    r"(?:(?:kantor|tempat|dinas|dukcapil|di|sana|itu|biasanya|apa|mulai|dari|sehari|setiap) )*"
    r"(?:jam )?(?:buka|tutup|kerja|layanan|pelayanan|melayani|operasional)"
    r"(?: (?:dari|sampai|mulai|hari|jam|berapa|apa|saja|kapan|tutup|buka|biasanya|kantor))+|"
    r"(?:jam|hari) (?:berapa|apa)(?: saja)? (?:kantor |tempat )?(?:buka|tutup|melayani)(?: (?:kantor|sampai|jam|berapa))*"
)
_KIN = (
    "(?:istri|suami|anak|ibu|ayah|adik|kakak|saudara|mertua|menantu|keponakan|ponakan|kakek|cucu|paman|bibi|keluarga|"
    "orang ?tua|ortu|orang lain|orang rumah|tetangga|teman|pacar|sopir|asisten|wali|perangkat|somebody|someone|anyone)"
)
_OF_A_CARD = re.compile(r"\b(?:cek|lihat|status|tanya|punya|nomor|kartu)\b")
_ANOTHER = re.compile(
    rf"\b(?:{_KIN}|(?:nomor|kartu|resi) (?:yang )?(?:lain|satunya|satu lagi|kedua)|yang lain|satu lagi|satunya)\b"
)


def topic_of(text: str) -> str | None:
    """What a sentence about the card just shown clearly asks, or None if it asks nothing about it."""
    return _topic(text, least=CLEAR)


def likely_topic_of(text: str) -> str | None:
    """What a sentence most likely asks about the card just shown, or None if it is about none."""
    return _topic(text, least=0)


def asks_hours(text: str) -> bool:
    """Whether a sentence asks for opening hours, without a day or a place: those of the card's own place."""
    return len(text) <= _LONGEST and _HOURS.fullmatch(standard(text)) is not None


def is_short(text: str) -> bool:
    """Whether a text may be a question: not a story, and without the digits of a number."""
    if len(text) > _LONGEST or len(standard(text).split()) > _WORDS_AT_MOST:
        return False
    return all(_SMALL_NUMBER.fullmatch(one) for one in _numbers(text))


def means_another(text: str) -> bool:
    """Whether a sentence about a status means another card than the one shown."""
    said = standard(text)
    card = _OF_A_CARD.search(said)
    return card is not None and _ANOTHER.search(said, card.end()) is not None


def _topic(text: str, *, least: float) -> str | None:
    verdict = classifier().verdict(standard(text), ABOUT_A_CARD) if is_short(text) else None
    if verdict is None or verdict.topic == ELSEWHERE or verdict.lead < least:
        return None
    said = standard(text)
    of_recording = verdict.topic in _OF_A_RECORDING and _RECORDING.search(said) and not _PICKUP.search(said)
    return f"{RECORDED}{verdict.topic}" if of_recording else verdict.topic


def _numbers(text: str) -> list[str]:
    return [one.strip("?!.,;()") for one in text.casefold().split() if _DIGIT.search(one)]

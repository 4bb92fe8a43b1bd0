"""The language that a text is clearly written in, where it is not Indonesian."""

import re

from domain.text.typed import plain

_WORD = re.compile(r"[a-z]+")
# Words that Indonesian does not have. Javanese is both ngoko and krama.
_MARKERS = {
    "en": frozenset(
        [
            "the",
            "an",
            "is",
            "are",
            "am",
            "was",
            "were",
            "my",
            "your",
            "his",
            "her",
            "i",
            "you",
            "we",
            "they",
            "it",
            "this",
            "that",
            "what",
            "when",
            "where",
            "why",
            "how",
            "who",
            "do",
            "does",
            "did",
            "can",
            "could",
            "will",
            "would",
            "have",
            "has",
            "need",
            "want",
            "get",
            "got",
            "lost",
            "find",
            "please",
            "for",
            "from",
            "with",
            "of",
            "to",
            "in",
            "at",
            "on",
            "and",
            "or",
            "not",
            "no",
            "yes",
            "ready",
            "card",
            "status",
            "appointment",
            "office",
            "open",
            "today",
            "tomorrow",
            "help",
            "there",
            "been",
        ]
    ),
    "jv": frozenset(
        [
            "kulo",
            "kula",
            "dalem",
            "sampun",
            "dereng",
            "mboten",
            "boten",
            "nggih",
            "inggih",
            "badhe",
            "saget",
            "saged",
            "wonten",
            "pundi",
            "ical",
            "nyuwun",
            "nuwun",
            "matur",
            "kados",
            "kadospundi",
            "pripun",
            "sinten",
            "menika",
            "punika",
            "mriksani",
            "panjenengan",
            "sampeyan",
            "ngagem",
            "dados",
            "kantun",
            "dinten",
            "enjing",
            "piye",
            "wis",
            "durung",
            "ora",
            "opo",
            "arep",
            "pengin",
            "iki",
            "kuwi",
            "sing",
            "karo",
            "mung",
            "ngendi",
            "endi",
            "njaluk",
            "nggo",
            "suwe",
            "koyo",
            "iso",
            "ae",
            "wae",
            "nang",
            "ning",
        ]
    ),
}
_KRAMA_ENDING = re.compile(r"[a-z]{3,}ipun")
_WORDS_AT_LEAST = 2


def spoken_language(text: str) -> str | None:
    """`en` or `jv` if at least two words, and half of all, are only of that language; else None."""
    words = _WORD.findall(plain(text).casefold())
    for language, markers in _MARKERS.items():
        found = [
            word for word in words if word in markers or (language == "jv" and _KRAMA_ENDING.fullmatch(word))
        ]
        if len(set(found)) >= _WORDS_AT_LEAST and len(found) * 2 >= len(words):
            return language
    return None

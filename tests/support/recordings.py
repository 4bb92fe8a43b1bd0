"""Recordings whose sounds are the hashes of their sentences, so that a joined one tells what it says."""

from collections.abc import Iterable
from pathlib import Path

from bot.voice import ogg
from bot.voice.ogg import Recording
from bot.voice.sentences import Sentences, hash_of
from handlers.engine.screen import File

_TWENTY_MS = bytes([9 << 3])  # one SILK frame; RFC 6716, 3.1


def recorded(mark: str, packets: int = 3) -> Recording:
    """A recording of that many packets, each holding the mark."""
    return Recording((_TWENTY_MS + mark.encode(),) * packets, skip=312)


def record(folder: Path, sentences: Sentences, language: str = "id", *, but: Iterable[str] = ()) -> None:
    """Record every sentence, except some."""
    folder.mkdir(exist_ok=True)
    for name, sentence in sentences.every(language):
        if sentence not in but:
            (folder / name).write_bytes(ogg.join([recorded(hash_of(sentence))]))


def heard_in(file: File, sentences: Sentences, language: str = "id") -> list[str]:
    """The sentences of a joined recording."""
    known = {hash_of(sentence): sentence for _, sentence in sentences.every(language)}
    marks = [packet[1:].decode() for packet in ogg.read(file.data).packets[::3]]
    return [known[mark] for mark in marks]

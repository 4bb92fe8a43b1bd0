"""Recordings of an office, and answers joined from them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.setup.settings import Settings
from bot.voice import ogg
from bot.voice.ogg import BadRecording, Recording
from bot.voice.sentences import Sentences, hash_of
from domain.office.office import Office
from handlers.engine.screen import File
from locales.texts import Texts

MIME = "audio/ogg"
MOST_SECONDS = 120.0
MOST_BYTES = 500_000  # WhatsApp shows a larger one as a download, not as a voice message
_FILES_AT_MOST = 2000
_FILE_BYTES = 200_000
_FILE_SECONDS = 40.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Folder:
    """Recordings of a folder by the hash of their sentence, and files that cannot be used with the reason."""

    recordings: dict[str, Recording] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Folder":
        """Read all `<name>.<hash>.opus` of a folder.

        Raises:
            OSError: there is no such folder.
        """
        found = cls()
        for file in sorted(path.iterdir())[:_FILES_AT_MOST]:
            if file.suffix != ".opus":
                continue
            try:
                recording = _read(file)
            except (BadRecording, OSError) as problem:
                found.broken[file.name] = str(problem)
                continue
            mark = file.stem.rpartition(".")[2]
            found.recordings[mark] = recording
            found.names[mark] = file.name
        return found


def _read(file: Path) -> Recording:
    if file.stat().st_size > _FILE_BYTES:
        raise BadRecording(f"it is larger than {_FILE_BYTES // 1000} kB")
    recording = ogg.read(file.read_bytes())
    if recording.seconds > _FILE_SECONDS:
        raise BadRecording(f"it is longer than {_FILE_SECONDS:.0f} s")
    return recording


class Voice:
    """Reads answers aloud."""

    def __init__(self, folder: Folder, sentences: Sentences) -> None:
        self._folder = folder
        self._sentences = sentences

    def speak(self, language: str, prompts: Sequence[str]) -> File | None:
        """One recording of all prompts; None if a part is missing, or the whole is too long."""
        sentences = [one for prompt in prompts for one in self._sentences.of(prompt, language)]
        found = [self._folder.recordings.get(hash_of(one)) for one in sentences]
        recordings = [one for one in found if one is not None]
        if not recordings or len(recordings) < len(found):
            return None
        seconds, size = sum(one.seconds for one in recordings), sum(one.size for one in recordings)
        if seconds > MOST_SECONDS or size > MOST_BYTES:
            log.info("voice.too_long", seconds=round(seconds), bytes=size)
            return None
        return File(name="jawaban.ogg", mime=MIME, data=ogg.join(recordings))


def voice_of(settings: Settings, texts: Texts, office: Office) -> Voice | None:
    """The office's voice; None if its folder is not set, or cannot be read."""
    if settings.voice_folder is None:
        return None
    try:
        folder = Folder.read(settings.voice_folder)
    except OSError as problem:
        log.warning("voice.no_folder", problem=type(problem).__name__)
        return None
    if folder.broken:
        log.warning("voice.broken", files=len(folder.broken))
    return Voice(folder, Sentences(texts, office))

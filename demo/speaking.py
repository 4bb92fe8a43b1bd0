"""Makes the demo's recordings: espeak-ng reads the sentences of `loket voice record-list`, opusenc packs them.

`python -m demo.speaking` writes demo/recordings/ anew; it needs the Debian packages espeak-ng and opus-tools. A machine
speaks, which each file says in its comments: an office records a person instead.
"""

import subprocess
from array import array
from pathlib import Path

from bot.setup.office_file import load_office, texts_of
from bot.voice.sentences import Sentences
from locales.texts import DEFAULT

RECORDINGS = Path(__file__).parent / "recordings"
_HEADER_BYTES, _SILENT, _PAUSE_SAMPLES = 44, 300, 2200  # a tenth of a second
_WORDS_PER_MINUTE, _KILOBITS = "165", "7"


def make_recordings(folder: Path = RECORDINGS) -> None:
    """Record every sentence of the sample office in Indonesian; remove what no sentence needs."""
    office = load_office(None)
    folder.mkdir(exist_ok=True)
    wanted = dict(Sentences(texts_of(office), office).every(DEFAULT))
    for file in folder.glob("*.opus"):
        if file.name not in wanted:
            file.unlink()
    for name, sentence in wanted.items():
        if not (folder / name).exists():
            _record(sentence, folder / name)


def _record(sentence: str, file: Path) -> None:
    speak = ["espeak-ng", "-v", DEFAULT, "-s", _WORDS_PER_MINUTE, "--stdout", sentence]
    spoken = subprocess.run(speak, check=True, capture_output=True).stdout  # noqa: S603 (our own sentences)
    sound = _without_silence(spoken)
    mark = ["--comment", "SYNTHETIC=espeak-ng", "--padding", "0"]
    raw = ["--raw", "--raw-rate", "22050", "--raw-chan", "1"]
    pack = ["opusenc", "--quiet", *raw, "--bitrate", _KILOBITS, "--framesize", "60", *mark, "-", str(file)]
    subprocess.run(pack, check=True, input=sound)  # noqa: S603 (our own sentences)


def _without_silence(spoken: bytes) -> bytes:
    """The samples of a WAV of espeak-ng without the long silence at its end, so that joined words follow each other."""
    samples = array("h", spoken[_HEADER_BYTES:])
    loud = [place for place, sample in enumerate(samples) if abs(sample) > _SILENT]
    return samples[: loud[-1] + _PAUSE_SAMPLES].tobytes()


if __name__ == "__main__":
    make_recordings()

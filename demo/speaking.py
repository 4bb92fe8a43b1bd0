"""Makes the demo's recordings: espeak-ng reads the sentences of `loket voice record-list`, opusenc packs them.

`python -m demo.speaking` writes demo/recordings/ anew; it needs the Debian packages espeak-ng and opus-tools. A machine
speaks, which each file says in its comments: an office records a person instead.
"""

import subprocess
from pathlib import Path

from bot.setup.office_file import load_office, texts_of
from bot.voice.sentences import Sentences

RECORDINGS = Path(__file__).parent / "recordings"
_LANGUAGE = "id"
_WORDS_PER_MINUTE, _KILOBITS = "165", "8"


def make_recordings(folder: Path = RECORDINGS) -> None:
    """Record every sentence of the sample office in Indonesian; remove what no sentence needs."""
    office = load_office(None)
    folder.mkdir(exist_ok=True)
    wanted = dict(Sentences(texts_of(office), office).every(_LANGUAGE))
    for file in folder.glob("*.opus"):
        if file.name not in wanted:
            file.unlink()
    for name, sentence in wanted.items():
        if not (folder / name).exists():
            _record(sentence, folder / name)


def _record(sentence: str, file: Path) -> None:
    speak = ["espeak-ng", "-v", _LANGUAGE, "-s", _WORDS_PER_MINUTE, "--stdout", sentence]
    sound = subprocess.run(speak, check=True, capture_output=True).stdout  # noqa: S603 (our own sentences)
    mark = ["--comment", "SYNTHETIC=espeak-ng", "--padding", "0"]
    pack = ["opusenc", "--quiet", "--bitrate", _KILOBITS, "--framesize", "60", *mark, "-", str(file)]
    subprocess.run(pack, check=True, input=sound)  # noqa: S603 (our own sentences)


if __name__ == "__main__":
    make_recordings()

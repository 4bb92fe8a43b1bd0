"""`loket voice`: what to record for the answers that are listened to, and which recordings are missing or outdated."""

import typer

from bot.setup.exits import Stop
from bot.setup.office_file import load_office, texts_of
from bot.setup.settings import Settings, load_settings
from bot.voice.recordings import Folder
from bot.voice.sentences import Sentences, hash_of


def record_list(*, language: str) -> None:
    """Print each sentence once: the file name of its recording, a tab, the sentence."""
    for name, sentence in _sentences(load_settings(), language).items():
        typer.echo(f"{name}\t{sentence}")


def check(*, language: str) -> int:
    """Compare the recordings with the texts; return the exit code: 0 if everything is recorded."""
    settings = load_settings()
    if settings.voice_folder is None:
        raise Stop("LOKET_VOICE_FOLDER is not set: answers are not read aloud.")
    try:
        folder = Folder.read(settings.voice_folder)
    except OSError:
        raise Stop(f"The folder {settings.voice_folder} (LOKET_VOICE_FOLDER) cannot be read.") from None
    wanted = _sentences(settings, language)
    missing = {name: one for name, one in wanted.items() if hash_of(one) not in folder.recordings}
    known = {
        hash_of(one)
        for each in load_office(settings.office).languages
        for one in _sentences(settings, each).values()
    }
    outdated = sorted(name for mark, name in folder.names.items() if mark not in known)
    for name, sentence in missing.items():
        typer.echo(f"missing   {name}\t{sentence}")
    for name in outdated:
        typer.echo(f"outdated  {name}: no sentence of the texts has this hash any more")
    for name, why in folder.broken.items():
        typer.echo(f"damaged   {name}: {why}")
    synthetic = sum(one.synthetic for one in folder.recordings.values())
    if synthetic:
        typer.echo(
            f"{synthetic} recordings are synthetic: a person should read them before residents hear them."
        )
    done = len(wanted) - len(missing)
    typer.echo(f"{done} of {len(wanted)} sentences are recorded ({language}); {len(outdated)} outdated.")
    return int(bool(missing or outdated or folder.broken))


def _sentences(settings: Settings, language: str) -> dict[str, str]:
    """Sentences of a language by the name of their recording.

    Raises:
        Stop: the office does not speak it.
    """
    office = load_office(settings.office)
    if language not in office.languages:
        raise Stop(f"The office does not speak {language}; it speaks {', '.join(office.languages)}.", code=2)
    return dict(Sentences(texts_of(office), office).every(language))

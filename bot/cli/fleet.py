"""`loket fleet`: one command for every office of a folder, each in a process with that office's environment."""

import json as json_
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

import typer

from bot.cli.arguments import WRONG_USE, table
from bot.setup.exits import Stop
from bot.setup.logs import hide, mask
from bot.setup.settings import PREFIX, Settings, variable

Action = Literal["status", "migrate", "check"]
AT_ONCE = 4
SECONDS: Mapping[Action, float] = {"status": 30, "check": 60, "migrate": 900}
"""How long one office may take."""
_WORDS: Mapping[Action, tuple[str, ...]] = {
    "status": ("office", "status", "--json"),
    "migrate": ("migrate",),
    "check": ("check",),
}
_COLUMNS = {"schema": "schema", "running": "running", "ready": "ready", "imported_at": "last import"}
_PORT = "LOKET_LISTEN"
_OWN = (
    "LOKET_DATABASE_URL",
    "LOKET_SECRET_KEY",
    _PORT,
    "LOKET_TELEGRAM_TOKEN",
    "LOKET_WHATSAPP_PHONE_NUMBER_ID",
    "LOKET_PUBLIC_URL",
)
_LONGEST_FILE, _LONGEST_TOLD = 64 * 1024, 300
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_SECRET_NAME = re.compile(r"SECRET|TOKEN|KEY|PASS|PWD", re.IGNORECASE)
_PLAIN = {
    variable(name) for name, one in Settings.model_fields.items() if "SecretStr" not in str(one.annotation)
}


class BadFolder(Exception):
    """An office's folder cannot be used; the message is one sentence without any value of its `env`."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one office's command ended with; `status` is the JSON of `loket office status`."""

    office: str
    well: bool
    told: str
    status: Mapping[str, Any] = field(default_factory=dict)


def fleet(action: Action, folder: Path, *, json: bool, seconds: float | None, running: bool = False) -> int:
    """Run the action for every office, print a table or JSON, return 0 when all are well.

    `seconds`: how long one office may take, instead of the usual. With `running` an office without a ready process
    is not well.
    """
    folders = sorted(one for one in folder.iterdir() if _is_office(one))
    if not folders:
        raise Stop(
            f"{folder} holds no office: each has a folder with `env` and `office.toml`.", code=WRONG_USE
        )
    environments = {one: _environment_or_fault(one) for one in folders}
    if action == "check":
        environments |= _shared(environments)
    for environment in environments.values():
        if not isinstance(environment, BadFolder):
            hide(*_secrets(environment))
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        work = [
            pool.submit(_one, action, one, environments[one], seconds or SECONDS[action]) for one in folders
        ]
        results = [_judged(done.result(), running=running) for done in work]
    finally:
        pool.shutdown(cancel_futures=True)
    _show(action, results, json=json)
    return int(not all(one.well for one in results))


def _is_office(folder: Path) -> bool:
    return folder.is_dir() and any((folder / name).exists() for name in ("env", "office.toml"))


def _shared(environments: Mapping[Path, dict[str, str] | BadFolder]) -> dict[Path, BadFolder]:
    """Offices that use what must be one office's alone: a neighbour's env was copied, and not everything changed.

    A second process of one office has the same office file, and shares everything but the port.
    """
    found = {}
    first: dict[tuple[str, str], Path] = {}
    for folder, environment in environments.items():
        if isinstance(environment, BadFolder):
            continue
        for name in _OWN:
            value = environment.get(name)
            other = first.setdefault((name, value), folder) if value else folder
            if other != folder and (name == _PORT or not _is_of_one_office(folder, other)):
                found[folder] = BadFolder(f"Its {name} is that of {other.name}: each office needs its own.")
                break
    return found


def _is_of_one_office(folder: Path, other: Path) -> bool:
    return (folder / "office.toml").read_bytes() == (other / "office.toml").read_bytes()


def _environment_or_fault(folder: Path) -> dict[str, str] | BadFolder:
    try:
        return environment_of(folder)
    except BadFolder as fault:
        return fault


def environment_of(folder: Path) -> dict[str, str]:
    """The environment of an office's processes: its `env` over this process's without any setting of Loket.

    Raises:
        BadFolder: a file is missing, or `env` cannot be used.
    """
    for name in ("env", "office.toml"):
        if not (folder / name).is_file():
            raise BadFolder(f"The file {name} is missing.")
    try:
        text = (folder / "env").read_bytes()[: _LONGEST_FILE + 1].decode()
    except OSError as error:
        raise BadFolder(f"The file env cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadFolder("The file env is no text.") from None
    if len(text) > _LONGEST_FILE or "\0" in text:
        raise BadFolder("The file env is no list of variables.")
    own = dict(_variables(text))
    if not own.get("LOKET_DATABASE_URL"):
        raise BadFolder("The file env sets no LOKET_DATABASE_URL: each office needs a database of its own.")
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {**others, "LOKET_OFFICE": str((folder / "office.toml").resolve()), **own}


def _variables(text: str) -> list[tuple[str, str]]:
    """Variables of a file as systemd's EnvironmentFile= reads it, without lines that go on after a backslash."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if not stripped or stripped[0] in "#;":
            continue
        name, equals, value = (part.strip() for part in stripped.partition("="))
        if not equals or not _NAME.fullmatch(name) or value.endswith("\\"):
            raise BadFolder(f"Line {number} of the file env is no NAME=value.")
        if value[:1] in {"'", '"'}:
            try:
                (value,) = shlex.split(value)
            except ValueError:
                raise BadFolder(f"Line {number} of the file env has an open or misplaced quote.") from None
        found.append((name, value))
    return found


def _secrets(environment: Mapping[str, str]) -> list[str]:
    """Values of an office's environment that must not be shown."""
    found = [
        value
        for name, value in environment.items()
        if name not in _PLAIN and (name.startswith(PREFIX) or _SECRET_NAME.search(name))
    ]
    with suppress(ValueError):
        password = urlsplit(environment["LOKET_DATABASE_URL"]).password or ""
        found += [password, unquote(password)]
    return found


def _one(action: Action, folder: Path, environment: dict[str, str] | BadFolder, seconds: float) -> Result:
    if isinstance(environment, BadFolder):
        return Result(folder.name, well=False, told=str(environment))
    # -P: a file bot.py in the office's folder is not the program.
    command = [sys.executable, "-P", "-m", "bot", *_WORDS[action]]
    try:
        done = subprocess.run(  # noqa: S603 (our own program with fixed words)
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Result(folder.name, well=False, told=f"It took longer than {seconds:g} s and was ended.")
    except OSError as error:
        return Result(folder.name, well=False, told=f"The command cannot be started: {error.strerror}.")
    out, told = (stream.decode(errors="replace") for stream in (done.stdout, done.stderr))
    status: dict[str, Any] = {}
    if action == "status":
        with suppress(ValueError):
            status = json_.loads(out)
    return Result(folder.name, done.returncode == 0, _sentence(action, out, told, status), status)


def _sentence(action: Action, out: str, told: str, status: Mapping[str, Any]) -> str:
    """What an office's command said, in one masked line."""
    if told.strip():
        said = told.strip().splitlines()[-1].removeprefix("loket: ")
    elif action == "status":
        said = str(status.get("wrong", ""))
    elif action == "check":  # a new key that it offers stands in a line of its own and is left out
        said = " ".join(
            line.removeprefix("MISSING ") for line in out.splitlines() if line.startswith("MISSING ")
        )
        notes = sum(line.startswith("note ") for line in out.splitlines())
        said = said or (f"Notes: {notes}; run `loket check` in its folder." if notes else "")
    else:
        said = out.strip().splitlines()[-1] if out.strip() else ""
    return mask(said)[:_LONGEST_TOLD]


def _judged(one: Result, *, running: bool) -> Result:
    if running and one.well and not one.status.get("ready"):
        return Result(one.office, well=False, told="No process runs for it.", status=one.status)
    return one


def _show(action: Action, results: list[Result], *, json: bool) -> None:
    if json:
        shown = [
            {"office": one.office, "well": one.well, "told": one.told, **_public(one.status)}
            for one in results
        ]
        typer.echo(json_.dumps(shown, ensure_ascii=False))
        return
    columns = _COLUMNS if action == "status" else {}
    rows = [["office", "well", *columns.values(), "told"]]
    for one in results:
        cells = [_cell(one.status.get(key)) for key in columns]
        rows.append([one.office, "yes" if one.well else "NO", *cells, one.told])
    typer.echo("\n".join(table(rows)))
    typer.echo(f"{sum(one.well for one in results)} of {len(results)} offices are well.")


def _public(status: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: status[key]
        for key in ("name", "schema", "current", "running", "ready", "imported_at")
        if key in status
    }


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return {True: "yes", False: "NO"}[value] if isinstance(value, bool) else str(value)

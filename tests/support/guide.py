"""Runs the commands of a guide for operators, line by line, in a folder that stands for the machine."""

import os
import re
import shlex
import subprocess
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"(?<![\w.-])/(etc|var/lib|var/run|opt|root)\b")
_SUDO = re.compile(r"sudo -u \w+ ")
_NOTED = ("apt-get", "systemctl", "createuser", "createdb")


def lines_of(page: str) -> list[str]:
    """All commands of a page; a block of another kind would not be run.

    Raises:
        AssertionError: there is such a block.
    """
    found = _BLOCK.findall((DOCS / page).read_text())
    assert {kind for kind, _ in found} == {"sh"}, page
    return [line for _, block in found for line in block.splitlines()]


class Machine:
    """Runs one command after another.

    Args:
        folder: holds /etc, /var/lib, /opt and /root.
        loket: runs the command line; None: no command of the guide is one.
        programs: stand-ins, as shell scripts; those of a package manager and of systemd are noted in `called`.
    """

    def __init__(self, folder: Path, loket: object = None, **programs: str) -> None:
        self.folder, self._loket = folder, loket
        self.log, self._programs = folder / "called", folder / "programs"
        for name in ("programs", "etc/cron.d", "etc/loket", "var/lib/loket", "opt/loket", "root"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        noted = {name: f'echo {name} "$@" >> {self.log}' for name in _NOTED}
        for name, script in {**noted, "install": _INSTALL, **programs}.items():
            file = self._programs / name
            file.write_text(f"#!/bin/sh\n{script}\n")
            file.chmod(0o755)

    @property
    def called(self) -> list[str]:
        """What was asked of the stand-ins."""
        return self.log.read_text().splitlines()

    def placed(self, text: str) -> str:
        """The text with paths of this machine."""
        return _PLACE.sub(lambda found: f"{self.folder}{found[0]}", text)

    def runs(self, line: str) -> str:
        """Run one command and return its output.

        Raises:
            AssertionError: it failed.
        """
        command = _SUDO.sub("", self.placed(line))
        inside = re.fullmatch(r"cd (\S+) && (loket .*)", command)
        if inside or command.startswith("loket "):
            where, words = (inside[1], inside[2]) if inside else (self.folder, command)
            ended = self._loket(*shlex.split(words)[1:], folder=Path(where))
            assert ended.code == 0, f"{line}\n{ended.out}{ended.told}"
            return ended.out
        done = subprocess.run(
            ["sh", "-euc", command], cwd=self.folder / "root", stdin=subprocess.DEVNULL, check=False,
            env={**os.environ, "PATH": f"{self._programs}:{os.environ['PATH']}"}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout


# The accounts of a guide exist on a real machine only.
_INSTALL = """for word; do shift; case $word in -o|-g) skip=1;; *) [ "$skip" ] || set -- "$@" "$word"; skip=;; esac; done
exec /usr/bin/install "$@\""""

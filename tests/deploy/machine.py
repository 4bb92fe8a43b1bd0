"""A machine made of a folder, on which the commands of a guide are run.

Paths of the guides (/etc, /var, /opt) lie in the folder. `loket` is the real command line; what needs root, a
network or systemd is a stand-in that notes how it was called.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from bot.cli.fleet import environment_of
from tests.cli.conftest import CommandLine
from tests.cli.test_new_office import given
from tests.deploy.web_server import check_installed, make_certificate

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"(?<![\w.-])/(etc|var|opt|usr/local)\b")
_AS_SOMEBODY = re.compile(r"sudo -u \w+ ")
# Without the options that name an account, which exists on a real machine only.
_INSTALL = """#!/bin/sh
for word; do shift; case $word in -o|-g) skip=1;; *) [ "$skip" ] || set -- "$@" "$word"; skip=;; esac; done
exec /usr/bin/install "$@"
"""
_NOTED = ("apt-get", "useradd", "chgrp", "chown", "systemctl", "journalctl", "curl", "createuser", "docker")
REGISTER = "no_registrasi;nik;nama;layanan;status;tanggal\nKNW-261102-0007-A;7402015708900001;Sri;KTP baru;PRINTED;2026-11-20\n"


def blocks(page: str) -> list[str]:
    """The commands of a page."""
    found = BLOCK.findall((ROOT / "docs" / page).read_text())
    assert found
    return found


class Machine:
    """Runs commands.

    `called` are those of the stand-ins; `places` are further paths that lie elsewhere, `programs` further stand-ins.
    """

    def __init__(self, folder: Path, loket: CommandLine) -> None:
        self.folder = folder
        self.places: dict[str, str] = {}
        self.programs: dict[str, Callable[[list[str], Path], str]] = {}
        self._log = folder / "called"
        self.home, programs = folder / "root", folder / "programs"
        for one in (self.home, programs, *(folder / name for name in ("opt", "usr/local/bin", "var/lib"))):
            one.mkdir(parents=True, exist_ok=True)
        for one in ("etc/systemd/system", "etc/nginx/conf.d"):
            (folder / one).mkdir(parents=True, exist_ok=True)
        (folder / "opt/loket").symlink_to(ROOT)
        (self.home / "register.csv").write_text(REGISTER)
        self._program(programs / "install", _INSTALL)
        self._program(programs / "make", '#!/bin/sh\nexec /usr/bin/make --dry-run "$@"\n')
        for name in _NOTED:
            self._program(programs / name, f'#!/bin/sh\necho {name} "$@" >> {self._log}\n')
        self._environment = {**loket.environment, "PATH": f"{programs}:{os.environ['PATH']}"}

    @property
    def called(self) -> list[str]:
        return self._log.read_text().splitlines() if self._log.exists() else []

    def follows(self, page: str) -> None:
        """Run every command of a page, line by line."""
        for block in blocks(page):
            for line in block.splitlines():
                self.runs(line)

    def runs(self, line: str) -> str:
        """Run one line; its output.

        Raises:
            AssertionError: it failed.
        """
        line = _PLACE.sub(self._placed, line)
        for place, elsewhere in self.places.items():
            line = line.replace(f"{self.folder}{place}", elsewhere)
        where, command = self.home, _AS_SOMEBODY.sub("", line)
        if moved := re.fullmatch(r"cd (\S+) && (.*)", command):
            where, command = Path(moved[1]), moved[2]
        program, *words = shlex.split(command)
        own = {
            "loket": self._as_loket,
            "systemctl": self._starts,
            "certbot": self._certified,
            "nginx": self._checked,
            **self.programs,
        }.get(program)
        return own(words, where) if own else self._shell(command, where)

    def _placed(self, found: re.Match[str]) -> str:
        return f"{self.folder}{found[0]}"

    def _shell(self, command: str, where: Path) -> str:
        done = subprocess.run(
            ["sh", "-euc", command], cwd=where, env=self._environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _as_loket(self, words: list[str], where: Path) -> str:
        if words[0] == "fleet":
            return self._fleet(words[1:])
        if words[:2] == ["office", "new"]:
            words = [*words, *given()]  # it asks at a terminal
        loket = CommandLine(where)
        loket.environment = {
            name: value for name, value in self._environment.items() if not name.startswith("LOKET_")
        }
        ended = loket(*words)
        assert ended.code == 0, f"loket {' '.join(words)}\n{ended.out}{ended.told}"
        return ended.out

    def _fleet(self, words: list[str]) -> str:
        """What `loket fleet` runs for each office (tests/cli/test_fleet.py), without a new process for each."""
        done = {"check": ["check"], "migrate": ["migrate"], "status": ["office", "status"]}[words[0]]
        assert set(words[1:]) <= {"--running"}
        folders = sorted((self.folder / "etc/loket").glob("*/"))
        for folder in folders:
            environment_of(folder)
        return "".join(self._as_loket(done, folder) for folder in folders)

    def _starts(self, words: list[str], where: Path) -> str:
        """`systemctl`: units exist, and a service that starts has migrated its file."""
        for unit in (word for word in words if "." in word):
            assert (self.folder / "etc/systemd/system" / re.sub(r"@[^.]*", "@", unit)).exists(), unit
            name, found, office = unit.partition(".")[0].partition("@")
            if name == "loket" and words[0] in {"enable", "start"} and unit.endswith(".service"):
                place = f"etc/loket/{office}" if found else "var/lib/loket"
                self._as_loket(["migrate"], self.folder / place)
        return self._shell(shlex.join(["systemctl", *words]), where)

    def _certified(self, words: list[str], _where: Path) -> str:
        make_certificate(self.folder, words[words.index("-d") + 1])
        return ""

    def _checked(self, words: list[str], _where: Path) -> str:
        """`nginx -t` with the installed files."""
        assert words == ["-t"]
        check_installed(self.folder)
        return ""

    @staticmethod
    def _program(file: Path, text: str) -> None:
        file.write_text(text)
        file.chmod(0o755)

"""The steps of deploy/container/Containerfile in a Debian of its own, because no container engine runs here.

TORTURE_CHROOT=1 runs them (`make torture` does). They need root, debootstrap and the internet, and take some minutes.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from storage.vault import Vault
from tests.deploy.test_container import ROOT, stages

pytestmark = [
    pytest.mark.torture,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(os.environ.get("TORTURE_CHROOT") != "1", reason="TORTURE_CHROOT is not 1"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can change its root"),
    pytest.mark.skipif(shutil.which("debootstrap") is None, reason="debootstrap is not installed"),
]
HOST = ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt")  # how this machine reaches the internet
# As compose.yaml runs it: nothing but the volume and /tmp can be written, and its network is its own.
SCRIPT = """
mount --bind {root} {root} && mount -o remount,bind,ro {root} && mount -t tmpfs none {root}/tmp
mount --bind {volume} {root}{place} && mount -t proc none {root}/proc && ip link set lo up
inside=(chroot --userspec={user} {root} env -i -C {place} {settings})
! "${{inside[@]}}" touch /opt/loket/file 2>/dev/null
"${{inside[@]}}" {command} &
for look in $(seq 120); do "${{inside[@]}}" {health} 2>/dev/null && break; [ $look -lt 120 ]; sleep 1; done
"${{inside[@]}}" loket check
kill -TERM $!
wait $!
"""


def _base(folder: Path, release: str) -> Path:
    """Debian with Python, in place of the image that the Containerfile begins with."""
    packages = "--include=python3-venv,ca-certificates"
    subprocess.run(["debootstrap", "--variant=minbase", packages, release, str(folder)], check=True)
    for file in HOST:
        shutil.copy(file, f"{folder}{file}")
    (folder / "usr/local/bin/python").symlink_to("/usr/bin/python3")
    return folder


def _run_step(root: Path, where: str, command: str) -> None:
    settings = {name: value for name, value in os.environ.items() if name.startswith("PIP_CERT")}
    path = {"PATH": "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin"}
    subprocess.run(
        ["chroot", str(root), "sh", "-c", f"cd {where} && {command}"], env=path | settings, check=True
    )


def _copy(words: str, where: Path, root: Path, built: Path) -> None:
    """COPY of files of the repository, or of a folder from the stage before."""
    *files, target = words.removeprefix("--from=build ").split()
    source = built if words.startswith("--from") else ROOT
    for one in files:
        place = root / target.lstrip("/") if target.startswith("/") else where / target
        if (source / one.lstrip("/")).is_dir():
            shutil.copytree(source / one.lstrip("/"), place, symlinks=True, dirs_exist_ok=True)
        else:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / one, place)


def _built(stage: list[tuple[str, str]], root: Path, before: Path) -> dict[str, str]:
    """Run RUN and COPY of a stage; what its other instructions say."""
    said = {"WORKDIR": "/"}
    for word, rest in stage:
        if word == "RUN":
            _run_step(root, said["WORKDIR"], rest)
        elif word == "COPY":
            _copy(rest, root / said["WORKDIR"].lstrip("/"), root, before)
        else:
            said[word] = rest
            (root / said["WORKDIR"].lstrip("/")).mkdir(exist_ok=True)
    return said


def _settings(said: str) -> str:
    own = said.replace("$PATH", "/usr/local/bin:/usr/bin:/bin")
    return f"{own} LOKET_SECRET_KEY={shlex.quote(Vault.new_key())}"


def test_the_steps_of_the_image_give_a_counter_without_any_right(tmp_path):
    building, final = stages()
    release = re.search(r"slim-(\w+)", final[0][1])[1]
    build, root = _base(tmp_path / "build", release), tmp_path / "final"
    subprocess.run(["cp", "-a", str(build), str(root)], check=True)
    _built(building, build, build)
    said = _built(final, root, build)
    volume = tmp_path / "volume"
    shutil.copytree(f"{root}{said['VOLUME']}", volume)
    shutil.copystat(f"{root}{said['VOLUME']}", volume)
    owner = (root / said["VOLUME"].lstrip("/")).stat()
    os.chown(volume, owner.st_uid, owner.st_gid)
    health = json.loads(said["HEALTHCHECK"].partition("CMD ")[2])
    script = SCRIPT.format(
        root=root, volume=volume, place=said["VOLUME"], user=said["USER"], settings=_settings(said["ENV"]),
        command=shlex.join([*json.loads(said["ENTRYPOINT"]), *json.loads(said["CMD"])]), health=shlex.join(health),
    )  # fmt: skip
    done = subprocess.run(
        ["unshare", "--mount", "--net", "bash", "-euc", script],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Listening at http://0.0.0.0:8080/" in done.stdout
    assert "ok      Database" in done.stdout
    assert f"{owner.st_uid}:{owner.st_gid}" == said["USER"]

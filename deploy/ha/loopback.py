#!/usr/bin/env python3
"""Runs three machines of etcd, Patroni and PostgreSQL, and HAProxy before them, on one computer: for tests and rehearsals.

    python3 deploy/ha/loopback.py FOLDER [--namespaces]

It uses the configuration in this folder and the Debian packages etcd-server, patroni, python3-etcd, haproxy and postgresql.
Each machine has an address of its own in 127.0.0.0/8; with --namespaces (root only) a network namespace of its own, joined
by a bridge, so that its network can be cut: `ip link set lkt-pg1 down`. Started by root, everything but HAProxy runs as the user
`postgres`. What ends is started again after some seconds, as a service manager does.

When the primary takes writes, FOLDER/cluster.json says where everything is, and that is printed. The end of standard input,
SIGTERM or SIGINT stops everything; nothing is left but FOLDER.
"""

import argparse
import contextlib
import json
import os
import pathlib
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

from patroni_watch import family, postmaster

HERE = pathlib.Path(__file__).parent
NAMES = ("pg1", "pg2", "pg3")
WRITTEN = dict(zip(NAMES, ("10.0.0.11", "10.0.0.12", "10.0.0.13"), strict=True))  # in the configuration files
LOOPBACK, BRIDGED = "127.0.7.1{}", "10.213.7.1{}"
BRIDGE, GATEWAY = "lkt-bridge", "10.213.7.1"
RESTART_SECONDS = 5.0
READY_SECONDS = 120.0
USER = "postgres"
_PROGRAMS = pathlib.Path("/usr/lib/postgresql")


class Daemon:
    """One process that is started again when it ends."""

    def __init__(self, name, command, *, log, user=None, environment=None):
        self.name, self._command, self._log = name, command, log
        self._user, self._environment = user, {**os.environ, **(environment or {})}
        self._ended = None
        self.process = None

    def start(self):
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=self._environment,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user else None,
                start_new_session=True,
            )
        self._ended = None

    def look(self):
        """Start it again when it ended a while ago; True: it was."""
        if self.process is None or self.process.poll() is None:
            return False
        self._ended = self._ended or time.monotonic()
        if time.monotonic() - self._ended < RESTART_SECONDS:
            return False
        self.start()
        return True

    def stop(self, seconds=30.0):
        if self.process is None or self.process.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Cluster:
    """The three machines and HAProxy."""

    def __init__(self, folder, *, namespaces):
        self.folder, self.namespaces = folder, namespaces
        self.user = USER if os.geteuid() == 0 else None
        form = BRIDGED if namespaces else LOOPBACK
        self.addresses = {name: form.format(place) for place, name in enumerate(NAMES, 1)}
        self.port = free_port()
        self.passwords = {
            one: secrets.token_hex(16) for one in ("SUPERUSER", "REPLICATION", "REWIND", "LOKET")
        }
        self.etcd, self.patroni, self.watch = {}, {}, {}
        self.haproxy = None

    def start(self):
        self.folder.mkdir(mode=0o755, exist_ok=True)
        if self.user:
            shutil.chown(self.folder, self.user, self.user)
        if self.namespaces:
            self.bridge()
        for name in NAMES:
            self.machine(name)
        for daemons in (self.etcd, self.patroni, self.watch):
            for one in daemons.values():
                one.start()
        self.haproxy = Daemon(
            "haproxy", ["haproxy", "-db", "-f", self.write("haproxy.cfg")], log=self.folder / "haproxy.log"
        )
        self.haproxy.start()

    def machine(self, name):
        home = self.folder / name
        home.mkdir(mode=0o700, exist_ok=True)
        if self.user:
            shutil.chown(home, self.user, self.user)
        inside = [
            "ip",
            "netns",
            "exec",
            f"lkt-{name}",
            "setpriv",
            f"--reuid={USER}",
            f"--regid={USER}",
            "--clear-groups",
        ]
        command, user = (inside, None) if self.namespaces else ([], self.user)
        lines = self.text("etcd.env", name).splitlines()
        etcd = dict(line.split("=", 1) for line in lines if line.startswith("ETCD_"))
        etcd |= {
            "ETCD_DATA_DIR": str(home / "etcd"),
            "ETCD_LOG_LEVEL": "warn",
            "ETCD_UNSAFE_NO_FSYNC": "true",
        }
        self.etcd[name] = Daemon(
            f"etcd of {name}", [*command, "etcd"], log=home / "etcd.log", user=user, environment=etcd
        )
        config = self.write("patroni.yml", name)
        patroni = [*command, "patroni", config]
        self.patroni[name] = Daemon(f"patroni of {name}", patroni, log=home / "patroni.log", user=user)
        watch = [*command, "/usr/bin/python3", str(HERE / "patroni_watch.py"), config]
        self.watch[name] = Daemon(f"watch of {name}", watch, log=home / "watch.log", user=user)

    def text(self, file, name=None):
        """A configuration file for a machine of ours."""
        text = (HERE / file).read_text()
        for other, written in WRITTEN.items():
            text = text.replace(written, self.addresses[other])
        for what, password in self.passwords.items():
            text = text.replace(f"{what}_PASSWORD", password)
        text = text.replace("127.0.0.1:5000", f"127.0.0.1:{self.port}")
        text = text.replace("10.0.0.0/24", "10.213.7.0/24" if self.namespaces else "127.0.0.0/8")
        if name is None:
            return text
        home = self.folder / name
        newest = max(
            (one.parent for one in _PROGRAMS.glob("*/bin/postgres")), key=lambda one: int(one.parts[-2])
        )
        text = text.replace("/usr/lib/postgresql/17/bin", str(newest))
        text = text.replace("/var/lib/postgresql/17/loket", str(home / "data"))
        text = text.replace("/var/lib/postgresql/loket.pgpass", str(home / "pgpass"))
        text = text.replace("/var/run/postgresql", str(home))
        text = text.replace("mode: automatic", "mode: 'off'")  # there is one watchdog for all three
        text = text.replace(
            "max_wal_size: 1GB", "max_wal_size: 256MB\n        fsync: 'off'"
        )  # nobody cuts the power
        text = text.replace("wal_keep_size: 512MB", "wal_keep_size: 64MB")
        return text.replace("SELF_NAME", name).replace("SELF_ADDRESS", self.addresses[name])

    def write(self, file, name=None):
        path = (self.folder / name if name else self.folder) / file
        path.write_text(self.text(file, name))
        path.chmod(0o600)
        if self.user and name:
            shutil.chown(path, self.user, self.user)
        return str(path)

    def bridge(self):
        self.unbridge()
        ip("link", "add", BRIDGE, "type", "bridge")
        ip("address", "add", f"{GATEWAY}/24", "dev", BRIDGE)
        ip("link", "set", BRIDGE, "up")
        for name, address in self.addresses.items():
            space, here, there = f"lkt-{name}", f"lkt-{name}", f"lkt-{name}-in"
            ip("netns", "add", space)
            ip("link", "add", here, "type", "veth", "peer", "name", there)
            ip("link", "set", there, "netns", space)
            ip("link", "set", here, "master", BRIDGE, "up")
            for words in (
                ("address", "add", f"{address}/24", "dev", there),
                ("link", "set", there, "up"),
                ("link", "set", "lo", "up"),
            ):
                ip("netns", "exec", space, "ip", *words)

    def unbridge(self):
        for name in NAMES:
            ip("netns", "delete", f"lkt-{name}", check=False)
            ip("link", "delete", f"lkt-{name}", check=False)
        ip("link", "delete", BRIDGE, check=False)

    def wait_until_ready(self):
        """Wait for a primary with a synchronous standby, and make Loket's database."""
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            primary, synchronous = self.roles()
            if primary and synchronous:
                break
            self.look()
            time.sleep(0.3)
        else:
            raise SystemExit(
                f"no primary with a synchronous standby after {READY_SECONDS} s; see {self.folder}/*/patroni.log"
            )
        sql = (
            f"CREATE ROLE loket LOGIN PASSWORD '{self.passwords['LOKET']}'",
            "CREATE DATABASE loket OWNER loket",
        )
        where = f"host={self.addresses[primary]} user=postgres dbname=postgres password={self.passwords['SUPERUSER']}"
        subprocess.run(
            ["psql", "-qX", *(word for one in sql for word in ("-c", one)), where], check=True, cwd="/"
        )

    def roles(self):
        """The machine of the primary and of its synchronous standby, as Patroni knows them."""
        primary = synchronous = None
        for name, address in self.addresses.items():
            with contextlib.suppress(OSError, ValueError, KeyError):
                with urllib.request.urlopen(f"http://{address}:8008/patroni", timeout=2) as answer:
                    told = json.load(answer)
                if told["state"] == "running" and told["role"] in ("primary", "master"):
                    primary = name
                elif told.get("sync_standby"):
                    synchronous = name
        return primary, synchronous

    def tell(self):
        machines = {
            name: {
                "address": self.addresses[name],
                "data": str(self.folder / name / "data"),
                "config": str(self.folder / name / "patroni.yml"),
                "patroni": self.patroni[name].process.pid,
                "etcd": self.etcd[name].process.pid,
                "watch": self.watch[name].process.pid,
                "link": f"lkt-{name}" if self.namespaces else None,
            }
            for name in NAMES
        }
        secret = f"loket:{self.passwords['LOKET']}"
        hosts = "&".join(f"host={address}:5432" for address in self.addresses.values())
        told = {
            "url": f"postgresql+asyncpg://{secret}@127.0.0.1:{self.port}/loket",
            "several": f"postgresql+asyncpg://{secret}@/loket?{hosts}&target_session_attrs=primary",
            "machines": machines,
        }
        part = self.folder / "cluster.json.part"
        part.write_text(json.dumps(told))
        part.replace(self.folder / "cluster.json")
        return told

    def look(self):
        daemons = [*self.etcd.values(), *self.patroni.values(), *self.watch.values(), self.haproxy]
        return [one.name for one in daemons if one is not None and one.look()]

    def stop(self):
        for name in NAMES:
            wake(self.folder / name / "data")
            if self.namespaces:
                ip("link", "set", f"lkt-{name}", "up", check=False)
        for one in (self.haproxy, *self.watch.values(), *self.patroni.values(), *self.etcd.values()):
            if one is not None:
                one.stop()
        for name in NAMES:
            end(self.folder / name / "data")
        if self.namespaces:
            self.unbridge()


def wake(data):
    number = postmaster(data)
    for one in family(number) if number else ():
        with contextlib.suppress(ProcessLookupError):
            os.kill(one, signal.SIGCONT)


def end(data):
    """End a server that Patroni left behind."""
    number = postmaster(data)
    if number:
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGQUIT)
        until = time.monotonic() + 10
        while postmaster(data) and time.monotonic() < until:
            time.sleep(0.1)


def ip(*words, check=True):
    subprocess.run(["ip", *words], check=check, stderr=None if check else subprocess.DEVNULL, cwd="/")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def missing():
    """Debian packages that are not installed."""
    wanted = {"etcd": "etcd-server", "patroni": "patroni", "haproxy": "haproxy", "psql": "postgresql-client"}
    return [package for program, package in wanted.items() if shutil.which(program) is None]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--namespaces", action="store_true")
    chosen = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if missing():
        raise SystemExit(f"Not installed: {', '.join(missing())}.")
    cluster = Cluster(chosen.folder.absolute(), namespaces=chosen.namespaces)
    ending = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.append(True))
    try:
        cluster.start()
        cluster.wait_until_ready()
        print(json.dumps(cluster.tell()), flush=True)
        while not ending:
            if cluster.look():
                cluster.tell()
            readable, _, _ = select.select([sys.stdin], [], [], 0.5)
            if readable and not sys.stdin.read(1):
                break
    finally:
        cluster.stop()


if __name__ == "__main__":
    main()

"""Ends what hangs beside Patroni, before the key of the primary ends by itself.

    patroni_watch.py /etc/patroni/config.yml

It runs on each machine of the database and does two things that Patroni 4 does not:

- PostgreSQL of this machine gives no answer for HUNG_SECONDS, though it runs: it is killed. Patroni sees a crash at once; a server that
  hangs can keep it waiting, or keep the key, for as long as it hangs.
- Patroni of another machine gives no answer for SILENT_SECONDS and does not renew its lease in etcd: the lease is revoked. Patroni
  takes no `ttl` below 20 s.

A server that starts, recovers or shuts down answers that it does. While the cluster is paused (`patronictl pause`) nothing is done.
Revoking needs the majority of etcd, so a machine that is cut off cannot give up the others. A false alarm costs a takeover, but no
data: a commit is acknowledged only when the standby that takes over has it.
"""

import base64
import contextlib
import http.client
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

LOOK_SECONDS = 1.0
LOOKS = 4  # without an answer in a row, at least: a watch that stood still itself, as its machine did, has seen nothing
ANSWER_SECONDS = 2  # for the server; pg_isready counts whole seconds
HUNG_SECONDS = 8.0
# Not below loop_wait + 2 * retry_timeout of patroni.yml: after that a primary without etcd has stopped itself.
SILENT_SECONDS = 12.0
# Twice loop_wait: whoever renewed later is heard by etcd and only not by this machine.
RENEWED_SECONDS = 4
_NO_RESPONSE = 2  # of pg_isready; 1 is a server that refuses, as while it starts
_UNREACHABLE = (OSError, http.client.HTTPException, ValueError)


class Silence:
    """Whether somebody has given no answer for so many seconds."""

    def __init__(self, began, *, seconds):
        self._since, self._looks, self._seconds = began, 0, seconds

    def is_too_long(self, began, *, answered):
        """Take in one look that began then."""
        if answered:
            self._since, self._looks = began, 0
            return False
        self._looks += 1
        return self._looks >= LOOKS and time.monotonic() - self._since >= self._seconds


class Server:
    """PostgreSQL of this machine."""

    def __init__(self, settings):
        self._data = pathlib.Path(settings["data_dir"])
        host, _, port = settings["connect_address"].rpartition(":")
        program = pathlib.Path(settings["bin_dir"]) / "pg_isready"
        self._command = [str(program), "-q", "-t", str(ANSWER_SECONDS), "-h", host, "-p", port]
        self._silence = {}

    def is_hung(self):
        """Whether it gave no answer for too long, though it gave some since it was started."""
        number = postmaster(self._data)
        began = time.monotonic()
        ended = subprocess.run(self._command, check=False)
        answered = ended.returncode != _NO_RESPONSE or time.monotonic() - began < ANSWER_SECONDS
        if answered and number not in self._silence:
            self._silence = {number: Silence(began, seconds=HUNG_SECONDS)}
        silence = self._silence.get(number)
        return silence is not None and silence.is_too_long(began, answered=answered)

    def kill(self):
        number = postmaster(self._data)
        for one in family(number) if number else ():
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self._silence = {}


class Etcd:
    """What Patroni has in etcd, asked of this machine's member."""

    def __init__(self, config):
        own = config["restapi"]["connect_address"].rpartition(":")[0]
        address = next(one for one in config["etcd3"]["hosts"] if one.rpartition(":")[0] == own)
        self._url = f"http://{address}/v3"
        self._folder = f"{config.get('namespace', '/service').rstrip('/')}/{config['scope']}/"

    def keys(self):
        """Value and lease of each key, as the majority of etcd knows them."""
        first, last = self._folder.encode(), self._folder[:-1].encode() + b"0"
        found = self._ask("kv/range", {"key": _coded(first), "range_end": _coded(last)})
        return {
            base64.b64decode(one["key"]).decode().removeprefix(self._folder): (
                base64.b64decode(one.get("value", "")),
                one.get("lease"),
            )
            for one in found.get("kvs", [])
        }

    def seconds_since_renewal(self, lease):
        found = self._ask("lease/timetolive", {"ID": lease})
        return int(found.get("grantedTTL", 0)) - int(found.get("TTL", 0))

    def revoke(self, lease):
        self._ask("lease/revoke", {"ID": lease})

    def _ask(self, what, words):
        return json.loads(_fetched(f"{self._url}/{what}", json.dumps(words).encode(), seconds=2))


class Others:
    """Patroni of the other machines."""

    def __init__(self, own, etcd):
        self._own, self._etcd = own, etcd
        self._addresses, self._silence = {}, {}

    def notice(self, keys):
        """Take in which machines there are."""
        self._addresses = {
            name: json.loads(value)["api_url"].rpartition("/")[0]
            for name, value in members(keys).items()
            if name != self._own
        }

    def silent(self):
        """Machines that gave no answer for too long."""
        return [name for name in self._addresses if self._is_silent(name)]

    def _is_silent(self, name):
        began, answered = time.monotonic(), False
        with contextlib.suppress(*_UNREACHABLE):
            _fetched(f"{self._addresses[name]}/liveness", seconds=1)
            answered = True
        silence = self._silence.setdefault(name, Silence(began, seconds=SILENT_SECONDS))
        return silence.is_too_long(began, answered=answered)

    def give_up(self, name, keys):
        """Revoke the lease of a machine, unless it was renewed lately or is gone; whether it was."""
        lease = keys.get(f"members/{name}", (b"", None))[1]
        if lease is None or self._etcd.seconds_since_renewal(lease) < RENEWED_SECONDS:
            return False
        self._etcd.revoke(lease)
        return True


class Watch:
    """Both, one look after the other."""

    def __init__(self, config):
        self._server = Server(config["postgresql"])
        self._etcd = Etcd(config)
        self._others = Others(config["name"], self._etcd)
        self._keys = {}

    def look(self):
        with contextlib.suppress(*_UNREACHABLE):
            self._keys = self._etcd.keys()
            self._others.notice(self._keys)
        if is_paused(self._keys):
            return
        if self._server.is_hung():
            print(f"PostgreSQL gave no answer for {HUNG_SECONDS:.0f} s: killed", flush=True)
            self._server.kill()
        for name in self._others.silent():
            with contextlib.suppress(*_UNREACHABLE):
                if self._others.give_up(name, self._etcd.keys()):
                    print(
                        f"Patroni of {name} gave no answer for {SILENT_SECONDS:.0f} s: lease revoked",
                        flush=True,
                    )


def members(keys):
    return {key.partition("/")[2]: value for key, (value, _) in keys.items() if key.startswith("members/")}


def is_paused(keys):
    return bool(json.loads(keys.get("config", (b"{}", None))[0]).get("pause"))


def postmaster(data):
    """Process of the server in a folder, if it runs."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        number = int((data / "postmaster.pid").read_text().split()[0])
        if b"postgres" in pathlib.Path(f"/proc/{number}/cmdline").read_bytes():
            return number
    return None


def family(number):
    """A process and its children."""
    with contextlib.suppress(OSError):
        children = pathlib.Path(f"/proc/{number}/task/{number}/children").read_text()
        return [number, *map(int, children.split())]
    return [number]


def _coded(text):
    return base64.b64encode(text).decode()


def _fetched(url, body=None, *, seconds):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(url, body, timeout=seconds) as answer:
        return answer.read()


def main():
    import yaml  # Debian's Patroni brings it; who only wants the functions needs none

    watch = Watch(yaml.safe_load(pathlib.Path(sys.argv[1]).read_text()))
    while True:
        began = time.monotonic()
        watch.look()
        time.sleep(max(0.0, LOOK_SECONDS - (time.monotonic() - began)))


if __name__ == "__main__":
    main()

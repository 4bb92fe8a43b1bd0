"""deploy/container/ by rules of our own, because no container engine runs where the suite does.

These are the habits that hadolint asks for, and whether the compose file refers to what exists. They do not replace an engine.
"""

import json
import re
import tomllib
from pathlib import Path

import pytest

from bot.setup.settings import Settings, variable

yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parents[2]
CONTAINER = ROOT / "deploy" / "container"
COMPOSE = CONTAINER / "compose.yaml"
# The keys of a service that we use, from the Compose specification; another one is perhaps a slip.
KEYS = {
    "image", "build", "env_file", "environment", "volumes", "networks", "read_only", "tmpfs", "user", "cap_drop",
    "security_opt", "ulimits", "mem_limit", "pids_limit", "init", "restart", "stop_grace_period", "logging",
    "ports", "depends_on", "profiles", "command", "shm_size", "healthcheck",
}  # fmt: skip
OURS = {"loket", "second", "migrate"}


def instructions():
    text = re.sub(r"^#.*\n", "", (CONTAINER / "Containerfile").read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [tuple(line.split(None, 1)) for line in lines if line.strip()]


def of(kind):
    return [rest for word, rest in instructions() if word == kind]


def stages():
    found = []
    for word, rest in instructions():
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest))
    return found


def test_the_image_has_two_stages_of_one_base_and_no_root():
    bases = [rest.split()[0] for rest in of("FROM")]
    assert len(set(bases)) == 1
    assert re.fullmatch(r"docker\.io/library/python:3\.1[1-9]-slim-[a-z]+", bases[0])
    assert of("FROM")[0].endswith(" AS build")
    final = stages()[-1]
    users = [rest for word, rest in final if word == "USER"]
    assert re.fullmatch(
        r"[1-9]\d{3,}:[1-9]\d{3,}", users[-1]
    )  # a number: an engine can see that it is not root
    copied = [rest for word, rest in final if word == "COPY"]
    assert copied == ["--from=build /opt/loket /opt/loket"]
    assert not of("ADD")


def test_libraries_come_from_the_lock_with_their_hashes():
    installs = [run for run in of("RUN") if "pip install" in run]
    assert len(installs) == 2
    for run in installs:
        assert "--no-cache-dir" in run
        assert "--no-deps" in run
        assert "--require-hashes --requirement requirements.lock" in run or "--no-index" in run
    for run in of("RUN"):
        assert "curl" not in run
        if "apt-get install" in run:
            assert "--no-install-recommends" in run
            assert run.endswith("rm -rf /var/lib/apt/lists/*")


def test_everything_that_is_copied_exists_and_reaches_the_builder():
    ignored = (CONTAINER / "Containerfile.dockerignore").read_text().splitlines()
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    assert ignored[1] == "*"
    copied = {word.rstrip("/") for rest in of("COPY") if "--from" not in rest for word in rest.split()[:-1]}
    assert copied == let_in
    assert {one for one in copied if not (ROOT / one).exists()} == set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= copied


def test_commands_of_the_image_need_no_shell_and_its_health_is_readyz():
    assert json.loads(of("ENTRYPOINT")[0]) == ["loket"]
    assert json.loads(of("CMD")[0]) == ["run"]
    (health,) = of("HEALTHCHECK")
    assert json.loads(health.partition("CMD ")[2])[0] == "python"
    assert "/readyz" in health
    for name in re.findall(r"\b(LOKET_[A-Z_]+)", " ".join(of("ENV"))):
        assert name in {variable(field) for field in Settings.model_fields}
    assert not re.search("(SECRET|TOKEN|PASSWORD)", " ".join([*of("ENV"), *of("ARG")]))


def services():
    return yaml.safe_load(COMPOSE.read_text())["services"]


def test_the_compose_file_refers_only_to_what_it_declares():
    compose = yaml.safe_load(COMPOSE.read_text())
    assert {key for key in compose if not key.startswith("x-")} == {"name", "services", "networks", "volumes"}
    for name, service in services().items():
        assert set(service) - KEYS == set(), name
        assert set(service.get("depends_on", {})) <= set(services())
        assert set(service["networks"]) <= set(compose["networks"])
        for volume in service["volumes"]:
            source = volume.partition(":")[0]
            assert source.startswith("./") or source in compose["volumes"], volume
        if "build" in service:
            assert (CONTAINER / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
        for one in service.get("environment", {}):
            assert not one.startswith("LOKET_") or one in {variable(field) for field in Settings.model_fields}


def test_the_profile_adds_a_database_and_a_second_process():
    assert [name for name, one in services().items() if "profiles" not in one] == ["loket"]
    profile = {name for name, one in services().items() if one.get("profiles") == ["postgresql"]}
    assert profile == {"second", "migrate", "postgres"}
    waits = services()["loket"]["depends_on"]["migrate"]
    assert waits == {"condition": "service_completed_successfully", "required": False}
    ports = [port for one in services().values() for port in one.get("ports", [])]
    assert len(ports) == len(set(ports)) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_containers_of_loket_have_no_right_that_they_do_not_need():
    (user,) = of("USER")
    for name in OURS:
        service = services()[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["user"] == user
        assert service["ulimits"]["core"] == 0  # a core dump would hold keys and personal data
        assert not {"privileged", "cap_add", "pid", "network_mode"} & set(service)
    gateway = yaml.safe_load(COMPOSE.read_text())["networks"]["loket"]["ipam"]["config"][0]["gateway"]
    assert f"{gateway}/32" in services()["loket"]["environment"]["LOKET_TRUSTED_PROXIES"]

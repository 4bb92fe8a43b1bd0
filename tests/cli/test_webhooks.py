"""`loket webhooks`: the secret is the last line once; mistakes are one sentence without the address."""

import base64

import pytest

from bot.cli import webhooks
from bot.setup.exits import Stop

URL = "https://antrian.example/loket?kunci=RAHASIA"


@pytest.fixture
def run(_sqlite_url, monkeypatch, tmp_path, capsys):
    """Runs a command in this process, on a migrated database; gives what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOKET_DATABASE_URL", _sqlite_url)
    monkeypatch.setenv("LOKET_SECRET_KEY", base64.b64encode(bytes(range(32))).decode())

    def ran(command, *given, **options) -> str:
        command(*given, **options)
        return capsys.readouterr().out

    return ran


def add(run, url: str = URL, *, events: str | None = None, numbers: bool = False) -> str:
    """The secret of a new target."""
    return run(webhooks.add, url, events=events, numbers=numbers).splitlines()[-1]


def test_a_target_is_added_listed_rotated_and_removed(run):
    assert "No system" in run(webhooks.show_list)
    secret = add(run, events="case.closed, appointment.booked", numbers=True)
    assert secret.startswith("whsec_")
    listed = run(webhooks.show_list)
    target = int(listed.split()[0])
    assert "antrian.example  not called yet  0 waiting  0 given up  with numbers" in listed
    assert "appointment.booked case.closed" in listed
    assert "RAHASIA" not in listed
    assert secret not in listed
    assert run(webhooks.rotate, target).splitlines()[-1] not in {"", secret}
    assert "0 events" in run(webhooks.resend, target)
    assert "again" in run(webhooks.enable, target)
    assert "removed" in run(webhooks.remove, target)
    for command in (webhooks.rotate, webhooks.enable, webhooks.remove):
        with pytest.raises(Stop, match="no such target"):
            run(command, target)


@pytest.mark.parametrize(
    ("url", "events"),
    [
        ("http://RAHASIA.example/", None),
        ("https://10.0.0.1/RAHASIA", None),
        ("RAHASIA", None),
        (URL, "case.burnt"),
        (URL, ","),
    ],
)
def test_an_unusable_order_is_told_without_the_address(run, url, events):
    with pytest.raises(Stop) as told:
        add(run, url, events=events)
    assert told.value.code == 2
    assert "RAHASIA" not in str(told.value)


def test_an_own_network_is_reached_without_https_when_it_is_allowed(run, monkeypatch):
    monkeypatch.setenv("LOKET_WEBHOOK_NETWORKS", "10.20.0.0/16")
    assert add(run, "http://10.20.0.5/in").startswith("whsec_")
    with pytest.raises(Stop):
        add(run, "http://10.21.0.5/in")


def test_the_command_line_names_what_it_takes(loket):
    ended = loket("webhooks", "add", "http://RAHASIA.example/")
    assert (ended.code, ended.is_one_sentence()) == (2, True)
    assert "LOKET_WEBHOOK_NETWORKS" in ended.told

"""Backups, a new key, and the question after a breach, as an operator types them."""

import asyncio
import csv
import io
import json
import os
import re
import signal
import sqlite3
import stat
import subprocess
import threading
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest

from bot.cli import backup
from bot.setup.clock import wall_clock
from storage import keyring
from storage.keeping import erasure
from storage.people import chats
from storage.store import Store
from storage.vault import Vault
from tests.cli.test_run import running
from tests.storage.keeping.test_erasing import put
from tests.support.people import BUDI, SRI, number
from tests.support.ports import free_port

HEADER = "no_registrasi,nik,nama,layanan,status,tanggal\n"


def register(loket, *people, status="CARD_SHIPPED"):
    day = wall_clock()().date().isoformat()
    rows = [f"{one['no_registrasi']},{one['nik']},{one['nama']},ktp_baru,{status},{day}\n" for one in people]
    (loket.folder / "register.csv").write_text(HEADER + "".join(rows))
    assert loket("import", "register.csv").code == 0


def url_of(loket):
    return loket.environment.get("LOKET_DATABASE_URL", f"sqlite+aiosqlite:///{loket.folder}/var/loket.db")


def inside(loket, work, *old_key):
    """Do something in the office's store, as another process would."""

    async def opened():
        vault = Vault.from_base64(loket.environment["LOKET_SECRET_KEY"], *old_key)
        store = await Store.open(url_of(loket), vault=vault, clock=wall_clock())
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(opened())


def test_a_backup_brings_everything_back_and_only_its_owner_may_read_it(office):
    register(office, SRI)
    done = office("backup", "copy.bak")
    assert done.code == 0, done.told
    assert stat.S_IMODE((office.folder / "copy.bak").stat().st_mode) == 0o600
    register(office, BUDI)
    refused = office("restore", "copy.bak")
    assert refused.code == 1
    assert "--yes" in refused.told
    assert refused.is_one_sentence()
    back = office("restore", "copy.bak", "--yes")
    assert back.code == 0, back.told
    assert "1 applications" in back.out
    assert "1 applications" in office("check").out


def test_a_backup_is_checked_without_a_change(office):
    register(office, SRI)
    assert office("backup", "copy.bak").code == 0
    register(office, BUDI)
    checked = office("restore", "copy.bak", "--dry-run")
    assert checked.code == 0, checked.told
    assert "1 applications" in checked.out
    assert "Nothing was changed" in checked.out
    assert "2 applications" in office("check").out
    assert office("restore", "copy.bak", "--dry-run", LOKET_SECRET_KEY=Vault.new_key()).code == 1
    whole = (office.folder / "copy.bak").read_bytes()
    (office.folder / "copy.bak").write_bytes(whole[: len(whole) * 9 // 10])
    damaged = office("restore", "copy.bak", "--dry-run")
    assert damaged.code == 1
    assert damaged.is_one_sentence(), damaged.told


def test_a_backup_is_noted_for_audit_and_metrics_if_it_can_be(loket):
    register(loket, SRI)
    noted = "SELECT count(*) FROM audit WHERE action = 'backup-made'"
    without = loket("backup", "unnoted.bak", LOKET_SECRET_KEY=None)
    assert (without.code, "could not be noted" in without.out) == (0, True)
    assert "could not be noted" not in loket("backup", "copy.bak").out
    with closing(sqlite3.connect(loket.folder / "var" / "loket.db")) as database:
        assert database.execute(noted).fetchone() == (1,)


def test_a_backup_never_overwrites_and_says_where_it_cannot_write(office):
    register(office, SRI)
    (office.folder / "there.bak").write_text("mine")
    for name, said in (("there.bak", "exists already"), ("no/where.bak", "folder")):
        done = office("backup", name)
        assert done.code == 2
        assert said in done.told
        assert done.is_one_sentence()
    assert (office.folder / "there.bak").read_text() == "mine"


def test_without_a_database_there_is_nothing_to_back_up(new_folder):
    done = new_folder("backup", "copy.bak")
    assert done.code == 1
    assert "does not exist" in done.told


@pytest.mark.parametrize("content", [b"", b"no database at all" * 300])
def test_what_is_no_backup_is_not_brought_back(office, content):
    register(office, SRI)
    (office.folder / "copy.bak").write_bytes(content)
    done = office("restore", "copy.bak", "--yes")
    assert done.code == 1
    assert "not a backup" in done.told or "damaged" in done.told, done.told
    assert done.is_one_sentence()
    assert "1 applications" in office("check").out


def test_a_backup_of_another_key_is_not_brought_back(office):
    register(office, SRI)
    assert office("backup", "copy.bak").code == 0
    done = office("restore", "copy.bak", "--yes", LOKET_SECRET_KEY=Vault.new_key())
    assert done.code == 1
    assert "LOKET_SECRET_KEY is not the key" in done.told
    assert "1 applications" in office("check").out


def test_a_backup_without_people_is_not_taken_for_one_of_any_key(office):
    assert office("staff", "invite", "Ibu Wulan", "--role", "admin").code == 0
    assert office("backup", "copy.bak").code == 0
    for how in ("--dry-run", "--yes"):
        done = office("restore", "copy.bak", how, LOKET_SECRET_KEY=Vault.new_key())
        assert (done.code, done.out) == (1, "")
        assert "is not the key that copy.bak was written with" in done.told
    assert "Ibu Wulan" in office("staff", "list").out


def test_a_backup_made_during_a_rotation_needs_both_keys(office):
    register(office, SRI)
    old, new = office.environment["LOKET_SECRET_KEY"], Vault.new_key()

    async def begins(store):
        await store.write(lambda db: keyring.switch(db, key_id=store.vault.key_ids[0]))

    office.environment |= {"LOKET_SECRET_KEY": new, "LOKET_SECRET_KEY_OLD": old}
    inside(office, begins, old)
    assert office("backup", "copy.bak").code == 0
    for key in (new, old):
        done = office("restore", "copy.bak", "--dry-run", LOKET_SECRET_KEY=key, LOKET_SECRET_KEY_OLD=None)
        assert "needs both keys" in done.told
        assert done.is_one_sentence()
    assert office("restore", "copy.bak", "--dry-run").code == 0


def test_a_backup_of_a_moved_database_is_not_brought_back(loket):
    register(loket, SRI)
    assert loket("move", "--to", "sqlite+aiosqlite:///var/new.db").code == 0
    assert loket("backup", "copy.bak").code == 0
    done = loket("restore", "copy.bak", "--yes", LOKET_DATABASE_URL="sqlite+aiosqlite:///var/new.db")
    assert "`loket move` had closed" in done.told
    assert done.is_one_sentence()


def test_a_backup_of_the_other_kind_of_database_is_told_as_such(office):
    register(office, SRI)
    assert office("backup", "copy.bak").code == 0
    named = "sqlite" in url_of(office)
    other = "postgresql+asyncpg://a@127.0.0.1:1/x" if named else "sqlite+aiosqlite:///other.db"
    done = office("restore", "copy.bak", "--yes", LOKET_DATABASE_URL=other)
    assert f"is a backup of {'SQLite' if named else 'PostgreSQL'}, and LOKET_DATABASE_URL names" in done.told
    assert done.is_one_sentence()


def test_a_restore_waits_for_nobody_who_has_the_file_open(loket):
    register(loket, SRI)
    assert loket("backup", "copy.bak").code == 0
    with sqlite3.connect(loket.folder / "var" / "loket.db") as running:
        running.execute("SELECT count(*) FROM chats").fetchone()
        done = loket("restore", "copy.bak", "--yes")
    running.close()
    assert done.code == 1
    assert "stop `loket run`" in done.told


def writes_pairs(database, stop):
    with sqlite3.connect(database, timeout=30) as line:
        line.execute("CREATE TABLE pairs (n INTEGER, half INTEGER)")
        line.commit()
        n = 0
        while not stop.is_set():
            n += 1
            line.executemany("INSERT INTO pairs VALUES (?, ?)", [(n, 1), (n, 2)])
            line.commit()
    line.close()


def test_a_backup_while_somebody_writes_is_one_moment(loket):
    """Each transaction writes two rows; a consistent copy never has only one of them."""
    register(loket, SRI)
    stop = threading.Event()
    writer = threading.Thread(target=writes_pairs, args=(loket.folder / "var" / "loket.db", stop))
    writer.start()
    try:
        assert loket("backup", "copy.bak").code == 0
    finally:
        stop.set()
        writer.join()
    with sqlite3.connect(loket.folder / "copy.bak") as copy:
        rows, pairs = copy.execute("SELECT count(*), count(DISTINCT n) FROM pairs").fetchone()
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",), "one file, no log beside it"
    copy.close()
    assert rows == 2 * pairs


def test_who_was_erased_since_the_backup_is_erased_again(office):
    register(office, SRI)

    async def meets(store):
        where = {"channel": "telegram", "account": "1", "address": "77", "language": "id"}
        return (await store.write(lambda db: chats.meet(db, **where))).id

    chat = inside(office, meets)
    assert office("backup", "copy.bak").code == 0

    async def erases(store):
        return await store.write(lambda db: erasure.erase(db, chat=chat))

    inside(office, erases)
    back = office("restore", "copy.bak", "--yes")
    assert "1 chats that were erased since the backup were erased again" in back.out, back.told
    assert inside(office, meets) != chat


def test_a_killed_restore_is_run_again_and_erases_again(office, monkeypatch):
    register(office, SRI)

    async def meets(store):
        where = {"channel": "telegram", "account": "1", "address": "77", "language": "id"}
        return (await store.write(lambda db: chats.meet(db, **where))).id

    async def erases(store):
        await store.write(lambda db: erasure.erase(db, chat=chat))

    chat = inside(office, meets)
    assert office("backup", "copy.bak").code == 0
    inside(office, erases)
    for name in ("LOKET_SECRET_KEY", "LOKET_DATABASE_URL"):
        if name in office.environment:
            monkeypatch.setenv(name, office.environment[name])
    monkeypatch.chdir(office.folder)
    monkeypatch.setattr(backup, "_settle", mock.AsyncMock(side_effect=KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        backup.restore(Path("copy.bak"), yes=True, dry_run=False)
    back = office("restore", "copy.bak", "--yes")
    assert "1 chats that were erased since the backup were erased again" in back.out, back.told
    assert inside(office, meets) != chat
    assert not list(office.folder.glob("*.erased"))


def test_a_new_key_while_both_live_and_the_old_one_goes(office):
    register(office, SRI, BUDI)
    old, new = office.environment["LOKET_SECRET_KEY"], Vault.new_key()
    alone = office("rotate-keys")
    assert alone.code == 1
    assert "LOKET_SECRET_KEY_OLD is not set" in alone.told
    assert alone.is_one_sentence()
    both = {"LOKET_SECRET_KEY": new, "LOKET_SECRET_KEY_OLD": old}
    assert "rotate-keys" in office("check", **both).out
    done = office("rotate-keys", **both)
    assert done.code == 0, done.told
    assert "applicants: 2" in done.out
    assert "Keep LOKET_SECRET_KEY_OLD until" in done.out
    assert "is written with the new key" in office("check", **both).out
    assert office("import", "register.csv", LOKET_SECRET_KEY=new).out.count("2") >= 1
    assert "is not the key" in office("check").out


def test_a_rotation_is_refused_while_a_process_holds_one_key_only(office):
    register(office, SRI)
    old, new = office.environment["LOKET_SECRET_KEY"], Vault.new_key()
    both = {"LOKET_SECRET_KEY": new, "LOKET_SECRET_KEY_OLD": old}
    port = free_port()
    with running(office, port):
        refused = office("rotate-keys", **both)
        assert refused.code == 1
        assert refused.is_one_sentence(), refused.told
        assert "`loket run`" in refused.told
        assert "lacks the new key" in refused.told
        assert "restart it" in refused.told
    with running(office, port, **both):
        early = office("staff", "list", LOKET_SECRET_KEY=new)
        assert early.code == 1
        assert early.is_one_sentence(), early.told
        assert office("rotate-keys", **both).code == 0
    late = office("import", "register.csv")
    assert late.code == 3
    assert late.is_one_sentence(), late.told
    assert "LOKET_SECRET_KEY_OLD" in late.told
    started = office("run", "--listen", f"127.0.0.1:{port}")
    assert started.code == 1
    assert started.is_one_sentence(), started.told
    assert office("rotate-keys", **both).code == 0, "it can be run again"


def test_a_rotation_that_is_killed_goes_on(loket):
    day = wall_clock()().date().isoformat()
    rows = [
        f"{number(f'{n:04}')},351699{1 + n % 28:02}0190{n:04},Sri,ktp_baru,CARD_SHIPPED,{day}\n"
        for n in range(1, 3001)
    ]
    (loket.folder / "register.csv").write_text(HEADER + "".join(rows))
    assert loket("import", "register.csv").code == 0
    both = {
        "LOKET_SECRET_KEY": Vault.new_key(),
        "LOKET_SECRET_KEY_OLD": loket.environment["LOKET_SECRET_KEY"],
    }
    running = subprocess.Popen(
        loket.command("rotate-keys"), cwd=loket.folder, env=loket.environment | both, stdout=subprocess.PIPE
    )
    new = Vault.from_base64(both["LOKET_SECRET_KEY"]).key_ids[0]
    database = sqlite3.connect(loket.folder / "var" / "loket.db", timeout=30)
    counted = "SELECT count(*) FROM applicants WHERE substr(nik, 1, 4) = ?"
    while running.poll() is None and database.execute(counted, (new,)).fetchone()[0] < 200:
        pass
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    running.stdout.close()
    half = database.execute(counted, (new,)).fetchone()[0]
    assert 0 < half < 3000
    assert loket("rotate-keys", **both).code == 0
    assert database.execute(counted, (new,)).fetchone()[0] == 3000
    database.close()
    only = {"LOKET_SECRET_KEY": both["LOKET_SECRET_KEY"]}
    assert "3000" in loket("import", "register.csv", "--json", **only).out
    assert json.loads(loket("import", "register.csv", "--json", **only).out)["unchanged"] == 3000


def test_the_question_after_a_breach_names_numbers_and_actors_and_no_nik(office):
    register(office, SRI)
    assert office("staff", "invite", "Ratna", "--role", "officer").code == 0

    async def looks(store):
        from sqlalchemy import text

        row = await store.read(lambda db: db.scalar(text("SELECT id FROM applications")))
        from storage.schema import audit

        seen = {"actor": "chat:5", "action": "look-up", "subject": f"application:{row}", "details": "=1+1"}
        await put(store, audit, at=store.clock(), **seen)

    inside(office, looks)
    day = wall_clock()().date()
    told = office("audit", "--from", f"{day.year}-01-01", "--to", f"{day.year + 1}-01-01", "--json")
    found = json.loads(told.out)
    assert found["applications"] == [SRI["no_registrasi"]]
    assert {"chat:5", "system"} <= set(found["actors"])
    assert SRI["nik"] not in told.out
    table = office("audit", "--from", f"{day.year}-01-01", "--to", f"{day.year + 1}-01-01")
    rows = list(csv.DictReader(io.StringIO(table.out)))
    (seen,) = [row for row in rows if row["action"] == "look-up"]
    assert (seen["number"], seen["details"]) == (SRI["no_registrasi"], "'=1+1")
    assert any(re.fullmatch(r"staff:[0-9]+ Ratna", row["subject"]) for row in rows)
    assert (
        json.loads(office("audit", "--from", "2020-01-01", "--to", "2020-01-02", "--json").out)["lines"] == []
    )


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("kemarin", "2026-11-24", "no moment"),
        ("2026-11-24", "2026-11-23", "later"),
        ("0001-01-01", "2026-11-24", "years 1970 to 2100"),
        ("2026-11-24", "9999-12-31T23:59-12:00", "years 1970 to 2100"),
    ],
)
def test_a_span_that_is_none_is_told(loket, since, until, said):
    done = loket("audit", "--from", since, "--to", until)
    assert done.code == 2
    assert said in done.told
    assert done.is_one_sentence()

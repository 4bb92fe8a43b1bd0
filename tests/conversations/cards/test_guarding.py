"""S4, S5: without a right pair nothing is revealed, and nobody can lock an applicant out."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.people.budget import Budget
from domain.staff.roles import Role
from storage.audit import SYSTEM
from storage.staff import staff
from tests.support.people import BUDI, SRI, number, row

UNKNOWN = {"no_registrasi": number("ZZZZ"), "nik": SRI["nik"]}


async def test_s4_a_number_of_somebody_else_looks_like_an_unknown_number(counter):
    await counter.imports(row(SRI, "CARD_SHIPPED"), row(BUDI, "CARD_SHIPPED"))
    withdrawn = text("UPDATE applications SET withdrawn_at = '2026-11-22 00:00:00' WHERE number = :number")
    await counter.store.write(
        lambda db: db.run(withdrawn, {"number": counter.place.said(BUDI["no_registrasi"])})
    )
    answers = []
    for person, proof in ((SRI, BUDI["nik"]), (UNKNOWN, None), (BUDI, None)):
        guesser = counter.resident(f"guesser {len(answers)}")
        await guesser.says("/status")
        await guesser.says(person["no_registrasi"])
        counter.padded.clear()
        await guesser.says(proof or person["nik"])
        answers.append((guesser.screen.text, guesser.labels, round(sum(counter.padded), 1)))
    assert answers[0] == answers[1] == answers[2], "not theirs, unknown, withdrawn"
    assert answers[0][2] == pytest.approx(0.25, abs=0.1), "the answer is held back alike"
    guesser.hears("tidak ditemukan")


async def test_s4_four_digits_that_do_not_fit_look_like_an_unknown_number(counter):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    answers = []
    for person in (SRI, UNKNOWN):
        guesser = counter.resident(f"guesser {len(answers)}", channel="whatsapp")
        await guesser.says(person["no_registrasi"])
        await guesser.says("7777")
        answers.append((guesser.screen.text, guesser.labels))
    assert answers[0] == answers[1]


async def test_s4_a_withdrawn_application_looks_like_an_unknown_number(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    withdraw = text("UPDATE applications SET withdrawn_at = '2026-11-22 00:00:00'")
    await counter.store.write(lambda db: db.run(withdraw))
    await sri.asks(SRI)
    sri.hears("tidak ditemukan")


async def test_s5_six_wrong_pairs_cool_down_and_an_honest_chat_goes_on(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    guesser = counter.resident("guesser")
    for attempt in range(5):
        counter.clock.move(seconds=10)
        await guesser.asks({"no_registrasi": number(f"000{attempt}"), "nik": SRI["nik"]}, SRI["nik"])
        guesser.hears("tidak ditemukan")
    await guesser.asks(SRI)
    # Five within 50 seconds after 09.00: the first one leaves the window at 09.15.10.
    guesser.hears("coba lagi pukul 09.16 WIB")
    guesser.hears_not("siap diambil")
    await sri.asks(SRI)
    sri.hears("siap diambil")
    counter.clock.move(minutes=16)
    await guesser.asks(SRI)
    guesser.hears("siap diambil")


async def test_s5_a_refused_try_does_not_prolong_the_wait(counter):
    guesser = counter.resident("guesser")
    for _ in range(9):
        await guesser.asks(UNKNOWN)
    guesser.hears("coba lagi pukul 09.15 WIB")
    assert await counter.count("tries") == 5


async def test_s5_whatsapp_is_stricter_because_four_digits_prove_little(counter):
    guesser = counter.resident("guesser", channel="whatsapp")
    for _ in range(4):
        await guesser.asks(UNKNOWN, "0001")
    guesser.hears("coba lagi")


async def test_s5_a_new_cookie_does_not_help_on_the_web_forever(counter):
    """An address has twenty times the budget of a chat."""
    for attempt in range(100):
        guesser = counter.resident(f"tab {attempt}", channel="web", source="203.0.113.9")
        await guesser.asks(UNKNOWN)
        guesser.hears("tidak ditemukan")
    last = counter.resident("tab 101", channel="web", source="203.0.113.9")
    await last.asks(UNKNOWN)
    last.hears("coba lagi")
    neighbour = counter.resident("tab 102", channel="web", source="203.0.113.10")
    await neighbour.asks(UNKNOWN)
    neighbour.hears("tidak ditemukan")


@pytest.mark.parametrize(
    "counter", [{"status": {"nik_free_wrong": 2, "nik_alarm_wrong": 4, "max_wrong_pairs": 99}}], indirect=True
)
async def test_s5_many_wrong_pairs_for_one_nik_delay_answers_and_alarm(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    guesser = counter.resident("guesser")
    for _ in range(8):
        await guesser.asks(UNKNOWN)
    assert await counter.count("audit", "action = 'alarm-wrong-pairs' AND subject = 'one-nik'") == 2
    counter.padded.clear()
    await sri.asks(SRI)
    sri.hears("siap diambil")
    assert 0.5 < sum(counter.padded) <= 3.0


@pytest.mark.parametrize(
    "counter",
    [{"status": {"total_free_wrong": 2, "total_alarm_wrong": 3, "max_wrong_pairs": 99}}],
    indirect=True,
)
async def test_s5_a_storm_of_wrong_pairs_rings_a_bell(counter):
    for attempt in range(3):
        await counter.resident(f"guesser {attempt}").asks(UNKNOWN)
    assert await counter.count("audit", "action = 'alarm-wrong-pairs' AND subject = 'everybody'") == 1


async def test_who_looked_at_what_is_kept_without_the_nik(counter, sri):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    await sri.asks(SRI)
    await sri.asks(SRI, BUDI["nik"])
    assert await counter.count("audit", "action = 'look-up' AND subject LIKE 'application:%'") == 1
    assert await counter.count("audit", "action = 'look-up' AND subject = 'unknown'") == 1
    assert await counter.count("looked_up") == 1
    for column in ("actor", "action", "subject", "details"):
        assert not await counter.count("audit", f"{column} LIKE '%{SRI['nik']}%'")


@pytest.mark.parametrize(
    "counter",
    [{"status": {"total_free_wrong": 2, "total_alarm_wrong": 3, "max_wrong_pairs": 99}}],
    indirect=True,
)
async def test_s5_an_alarm_reaches_only_staff_chats_of_approvers(counter):
    chats = {}
    for name, role in (("Wulan", Role.ADMIN), ("Ayu", Role.OFFICER)):
        code = await counter.store.write(
            lambda db, name=name, role=role: staff.invite(db, name=name, role=role, actor=SYSTEM)
        )
        chats[name] = counter.resident(name)
        await chats[name].says(f"/staf {code}")
    counter.clock.move(minutes=5)
    for attempt in range(3):
        await counter.resident(f"guesser {attempt}").asks(UNKNOWN)
    await counter.passes(seconds=2)
    for one in chats.values():
        one.catch_up()
    chats["Wulan"].hears("Peringatan", "tidak ada yang ditolak")
    chats["Ayu"].hears_not("Peringatan")


async def test_an_ipv6_48_network_shares_one_budget_across_its_64s(counter):
    # 5 wrong pairs a chat × 20 for an address × 4 for a /48.
    for attempt in range(400):
        source = f"2001:db8:1:{attempt % 200:02x}{attempt // 200:02x}::/64"
        guesser = counter.resident(f"tab {attempt}", channel="web", source=source)
        await guesser.asks(UNKNOWN)
    guesser.hears("tidak ditemukan")
    last = counter.resident("tab 401", channel="web", source="2001:db8:1:ffff::/64")
    await last.asks(UNKNOWN)
    last.hears("coba lagi pukul")
    neighbour = counter.resident("tab 402", channel="web", source="2001:db8:2:1::/64")
    await neighbour.asks(UNKNOWN)
    neighbour.hears("tidak ditemukan")


async def test_a_56_of_ipv6_has_half_the_budget_of_a_48(counter):
    for attempt in range(201):
        guesser = counter.resident(f"tab {attempt}", channel="web", source=f"2001:db8:1:{attempt:x}::/64")
        await guesser.asks(UNKNOWN)
    guesser.hears("coba lagi pukul")
    neighbour = counter.resident("tab 202", channel="web", source="2001:db8:1:100::/64")
    await neighbour.asks(UNKNOWN)
    neighbour.hears("tidak ditemukan")


@pytest.mark.parametrize("counter", [{"status": {"web_address_factor": 1}}], indirect=True)
class TestAnAddressWhoseBudgetIsSpent:
    """Five wrong pairs of one chat: with a factor of 1 the whole address has to wait."""

    SOURCE = "203.0.113.9"

    async def _spend(self, counter) -> None:
        guesser = counter.resident("guesser", channel="web", source=self.SOURCE)
        for _ in range(5):
            await guesser.asks(UNKNOWN)

    async def test_the_factor_of_the_office_file_counts(self, counter):
        await counter.imports(row(SRI, "CARD_SHIPPED"))
        await self._spend(counter)
        stranger = counter.resident("stranger", channel="web", source=self.SOURCE)
        await stranger.asks(SRI)
        stranger.hears("coba lagi pukul 09.15 WIB")

    async def test_a_recently_proven_browser_is_not_refused_for_its_neighbours_guesses(self, counter):
        await counter.imports(row(SRI, "CARD_SHIPPED"), row(BUDI, "CARD_SHIPPED"))
        known = counter.resident("known", channel="web", source=self.SOURCE)
        await known.asks(SRI)
        known.hears("siap diambil")
        counter.clock.move(days=29)
        await self._spend(counter)
        await known.asks(BUDI)
        known.hears("siap diambil")

    async def test_its_own_budget_still_holds(self, counter):
        await counter.imports(row(SRI, "CARD_SHIPPED"))
        known = counter.resident("known", channel="web", source=self.SOURCE)
        await known.asks(SRI)
        for _ in range(5):
            await known.asks(UNKNOWN)
        await known.asks(SRI)
        known.hears("coba lagi pukul")

    async def test_a_proof_of_more_than_thirty_days_ago_counts_no_more(self, counter):
        await counter.imports(row(SRI, "CARD_SHIPPED"))
        known = counter.resident("known", channel="web", source=self.SOURCE)
        await known.asks(SRI)
        counter.clock.move(days=31)
        await self._spend(counter)
        await known.asks(SRI)
        known.hears("coba lagi pukul")

    async def test_one_right_pair_shown_in_many_browsers_frees_none_of_them(self, counter):
        await counter.imports(row(SRI, "CARD_SHIPPED"))
        browsers = [counter.resident(f"tab {n}", channel="web", source=self.SOURCE) for n in range(9)]
        for one in browsers:
            await one.asks(SRI)
        await self._spend(counter)
        await browsers[0].asks(SRI)
        browsers[0].hears("coba lagi pukul")


async def calls(counter) -> int:
    return await counter.count("handovers")


async def test_fresh_cookies_of_one_address_cannot_ring_staff_for_ever(counter):
    for n in range(25):
        tab = counter.resident(f"tab {n}", channel="web", source="203.0.113.9")
        await tab.says("petugas")
    assert await calls(counter) == 12
    tab.hears("banyak permintaan untuk petugas")
    tab.hears("pukul 10.00 WIB")
    neighbour = counter.resident("neighbour", channel="web", source="203.0.113.10")
    await neighbour.says("petugas")
    assert await calls(counter) == 13
    counter.clock.move(minutes=61)
    await tab.says("petugas")
    assert await calls(counter) == 14


async def test_a_browser_that_proved_a_pair_reaches_staff_beside_such_neighbours(counter):
    await counter.imports(row(SRI, "CARD_SHIPPED"))
    known = counter.resident("known", channel="web", source="203.0.113.9")
    await known.asks(SRI)
    for n in range(12):
        await counter.resident(f"tab {n}", channel="web", source="203.0.113.9").says("petugas")
    await known.says("petugas")
    assert await calls(counter) == 13


async def test_browsers_of_many_addresses_together_are_bounded_as_well(counter, monkeypatch):
    monkeypatch.setattr("handlers.shared.quotas.IN_TOTAL", Budget(most=5, window=timedelta(hours=1)))
    for n in range(8):
        await counter.resident(f"tab {n}", channel="web", source=f"203.0.113.{n}").says("petugas")
    assert await calls(counter) == 5
    phone = counter.resident("phone")
    await phone.says("petugas")
    assert await calls(counter) == 6, "who has an account of a messenger does not share that room"


@pytest.mark.parametrize("command", ["/pengaduan", "/perbaikan"])
async def test_complaints_and_corrections_have_such_a_quota_told_before_anything_is_typed(counter, command):
    for n in range(12):
        tab = counter.resident(f"tab {n}", channel="web", source="203.0.113.9")
        await tab.says(command)
        await tab.says("Nama saya ditulis salah di kartu")
        await tab.taps(tab.labels[0])
    assert await counter.count("cases") == 12
    last = counter.resident("last", channel="web", source="203.0.113.9")
    await last.says(command)
    last.hears("banyak permintaan untuk petugas")

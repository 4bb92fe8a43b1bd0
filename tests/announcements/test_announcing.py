"""A1-A12: an announcement from its plan to its end, for officers and residents."""

import asyncio
import re
from dataclasses import replace

import pytest

from domain.announcements.announcement import Counts
from domain.refusals import AlreadyAnnounced, AnnouncementOver, NeedsApprover, NotAllowed
from domain.staff.roles import Role
from storage import audit
from storage.announcements import results
from tests.announcements.hall import person
from tests.support.people import row

UNDO = 61


async def test_everybody_concerned_gets_it_once_after_the_time_to_undo(hall, officer):
    people = await hall.crowd(3)
    announcement = await hall.announces(officer)
    await hall.passes(seconds=30)
    assert await hall.state(announcement) == "planned"
    assert not hall.read_by(people[0]["no_registrasi"])
    await hall.passes(seconds=UNDO)
    assert await hall.counts(announcement) == Counts(sent=3)
    assert await hall.state(announcement) == "finished"
    for one in people:
        (text,) = hall.read_by(one["no_registrasi"])
        assert (
            text
            == f"Kartu S*** A***, nomor {one['no_registrasi']}, sudah jadi di Kantor Dispendukcapil, Sooko."
        )
    await hall.passes(hours=1)
    assert all(len(hall.read_by(one["no_registrasi"])) == 1 for one in people)


async def test_a_follower_of_three_cards_gets_one_message_about_all_three(hall, officer):
    children = [person(1, "Ahmad Fauzi"), person(2, "Aulia Firdaus"), person(3, "Bagus Pratama")]
    await hall.lists(children)
    for child in children:
        await hall.follows(child, name="ibu")
    shown = await hall.previews(hall.order())
    assert (shown.recipients, shown.none) == (1, ())
    await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    (text,) = hall.read_by("ibu")
    assert all(child["no_registrasi"] in text for child in children)
    assert "A*** F***, B*** P***" in text  # two children have the same initials
    assert text.count("Sooko") == 1


async def test_recipients_are_written_to_in_their_language_or_else_in_indonesian(hall, officer):
    people = [person(1), person(2)]
    await hall.lists(people)
    await hall.follows(people[0], language="en")
    await hall.follows(people[1], language="jv")
    await hall.announces(officer, hall.order({"id": "Kartu siap.", "en": "Your card is ready."}))
    await hall.passes(seconds=UNDO)
    assert hall.read_by(people[0]["no_registrasi"]) == ["Your card is ready."]
    assert hall.read_by(people[1]["no_registrasi"]) == ["Kartu siap."]


async def test_a2_the_same_text_to_the_same_people_goes_out_only_once(hall, officer, approver):
    await hall.crowd(2)
    await hall.announces(officer)
    again = hall.order("  Kartu {nama},  nomor {nomor}, \r\nsudah jadi di {tempat}. ", name="Lain")
    refused = await hall.tries_to_announce(officer, again)
    assert isinstance(refused, AlreadyAnnounced)
    assert isinstance(await hall.tries_to_announce(officer, again, override=True), NotAllowed)
    assert await hall.count("announcements") == 1
    await hall.announces(approver, again, override=True)
    await hall.announces(officer, hall.order("Bawa KK, ya."))


async def test_a2_the_same_sent_by_two_at_once_is_refused_once(hall, officer, approver):
    [one] = await hall.crowd(1)
    both = await asyncio.gather(hall.tries_to_announce(officer), hall.tries_to_announce(approver))
    assert sorted(isinstance(done, AlreadyAnnounced) for done in both) == [False, True]
    await hall.passes(seconds=UNDO)
    assert len(hall.read_by(one["no_registrasi"])) == 1


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Kartu siap.\nBawa KK.", "Kartu siap.\r\nBawa KK.\r\n", True),
        ("Kartu siap.\nBawa KK.", "Kartu siap.   \n\n\nBawa\tKK.  ", True),
        ("Kartu siap.", "KARTU SIAP.", False),
        ("Kartu siap.", "Kartu siap!", False),
        ("Kartu siap.", "Kartusiap.", False),
    ],
)
async def test_a2_white_space_alone_makes_no_other_words_and_everything_else_does(
    hall, officer, first, second, same
):
    await hall.crowd(1)
    await hall.announces(officer, hall.order(first))
    again = await hall.tries_to_announce(officer, hall.order(second, name="Lain"))
    assert isinstance(again, AlreadyAnnounced) is same


async def test_a2_what_was_undone_may_be_sent_again(hall, officer):
    await hall.crowd(2)
    first = await hall.announces(officer)
    assert await hall.steers("undo", first, officer) is None
    await hall.announces(officer)


async def test_a3_more_than_fifty_recipients_need_an_approver(hall, officer, approver):
    people = await hall.crowd(51)
    refused = await hall.tries_to_announce(officer)
    assert isinstance(refused, NeedsApprover)
    assert refused.details == {"count": 51, "most": 50}
    assert "tidak berwenang" in hall.texts.say("id", "refusal-needs-approver", **refused.details)
    assert await hall.count("announcements") == await hall.count("announcement_recipients") == 0
    assert await hall.count("outbox", "priority = 2") == 0
    said = await hall.store.read(lambda db: audit.entries(db, action="refused"))
    assert [(one.actor, one.details) for one in said] == [(f"staff:{officer.id}", "needs-approver")]
    listed = hall.order(recipients=hall.file(people))
    assert isinstance(await hall.tries_to_announce(officer, listed), NeedsApprover)
    assert await hall.count("announcements") == await hall.count("announcement_recipients") == 0
    await hall.announces(officer, hall.order(recipients=hall.file(people[:50])))
    await hall.announces(approver)


@pytest.mark.parametrize(
    ("role", "point"), [(Role.VIEWER, None), (Role.OFFICER, "mpp"), (Role.APPROVER, "mpp")]
)
async def test_a3_a_viewer_or_another_point_s_officer_announces_nothing_here(hall, role, point):
    await hall.crowd(2)
    stranger = await hall.member(role, "Citra", point)
    assert isinstance(await hall.tries_to_announce(stranger, hall.order(point="sooko")), NotAllowed)
    assert isinstance(await hall.tries_to_announce(stranger), NotAllowed)
    assert await hall.count("announcements") == 0


async def test_a3_a_draft_waits_for_another_person_who_is_approver(hall, officer, approver):
    await hall.crowd(51)
    draft = await hall.drafts(officer)
    assert await hall.state(draft) == "draft"
    assert isinstance(await hall.releases(draft, officer), NeedsApprover)
    assert await hall.releases(draft, approver) == draft
    await hall.passes(seconds=UNDO)
    assert (await hall.counts(draft)).sent == 51


async def test_a4_an_announcement_can_be_undone_until_it_begins_and_not_later(hall, officer):
    await hall.crowd(3)
    announcement = await hall.announces(officer)
    assert await hall.steers("undo", announcement, officer) is None
    await hall.passes(hours=1)
    assert await hall.counts(announcement) == Counts(failed=3)
    found = await hall.store.read(lambda db: results.failures_of(db, announcement=announcement))
    assert found == {"undone": 3}
    other = await hall.announces(officer, hall.order("Lain."))
    await hall.passes(seconds=UNDO)
    assert isinstance(await hall.steers("undo", other, officer), AnnouncementOver)
    await hall.assert_adds_up()


async def test_a7_a_chat_that_blocked_the_bot_is_stopped_and_tried_once(hall, officer):
    people = await hall.crowd(30)
    phone = hall.phones["telegram"]
    phone.blocked = {one["no_registrasi"] for one in people[:12]}
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    assert await hall.counts(announcement) == Counts(sent=18, failed=12)
    assert await hall.count("chats", "stopped_why = 'blocked'") == 12
    assert await hall.count("outbox", "priority = 2 AND state = 'failed' AND attempts = 1") == 12
    # The next one does not even try; it says so in its counts.
    other = await hall.announces(officer, hall.order("Lain."))
    phone.blocked = set()
    await hall.passes(seconds=UNDO)
    assert await hall.counts(other) == Counts(sent=18, failed=12)
    await hall.resident(people[0]["no_registrasi"]).says("/start")
    third = await hall.announces(officer, hall.order("Ketiga."))
    await hall.passes(seconds=UNDO)
    assert await hall.counts(third) == Counts(sent=19, failed=11)


async def test_a_chat_that_said_berhenti_is_listed_as_not_reached(hall, officer):
    people = await hall.crowd(2)
    await hall.resident(people[0]["no_registrasi"]).says("/berhenti")
    shown = await hall.previews(hall.order())
    assert (shown.recipients, shown.none) == (1, (people[0]["no_registrasi"],))
    announcement = await hall.announces(officer)
    found = await hall.store.read(lambda db: results.results_of(db, announcement=announcement))
    assert [one.parts[0].number for one in found if one.channel is None] == [people[0]["no_registrasi"]]


async def test_a9_an_announcement_released_in_quiet_hours_waits_for_the_morning(hall, officer, approver):
    await hall.crowd(2)
    hall.clock.move(hours=13)  # 22.00
    shown = await hall.previews(hall.order())
    assert shown.waits_for_morning
    assert hall.office.local(shown.starts_at).isoformat() == "2026-11-24T06:00:00+07:00"
    announcement = await hall.announces(officer)
    await hall.passes(hours=7)
    assert await hall.counts(announcement) == Counts(waiting=2)
    assert isinstance(await hall.tries_to_announce(officer, hall.order("Banjir!"), urgent=True), NotAllowed)
    await hall.passes(hours=1, minutes=1)
    assert await hall.counts(announcement) == Counts(sent=2)


async def test_a9_an_approver_s_urgent_one_goes_out_at_night(hall, approver):
    await hall.crowd(2)
    hall.clock.move(hours=13)
    announcement = await hall.announces(approver, urgent=True, override=True)
    await hall.passes(seconds=UNDO)
    assert await hall.counts(announcement) == Counts(sent=2)
    for action in ("announcement-drafted", "announcement-released"):
        (line,) = await hall.store.read(lambda db, action=action: audit.entries(db, action=action))
        assert (line.actor, line.details) == (audit.by_staff(approver.id), "urgent,override")


async def test_a9_the_rest_of_an_evening_s_announcement_waits_for_the_morning(hall, officer):
    people = await hall.crowd(2)
    announcement = await hall.announces(officer)
    hall.clock.move(hours=11, minutes=58)  # 20.58
    await hall.announcing.timers.move_on()
    hall.clock.move(minutes=3)
    await hall.passes()
    assert await hall.counts(announcement) == Counts(waiting=2)
    await hall.passes(hours=9)
    assert await hall.counts(announcement) == Counts(sent=2)
    assert len(hall.read_by(people[0]["no_registrasi"])) == 1


async def test_a11_a_chat_linked_later_gets_the_announcement_once_while_it_applies(hall, officer):
    people = await hall.crowd(2)
    late, gone = person(50), person(51)
    await hall.lists([late, gone])
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    assert await hall.counts(announcement) == Counts(sent=2)
    await hall.imports(row(gone, "CARD_ISSUED", tanggal="2026-11-23"))
    await hall.passes(days=2)
    await hall.follows(late)
    await hall.follows(gone)
    await hall.follows(late, name=people[0]["no_registrasi"])  # has it already
    await hall.passes(seconds=10)
    await hall.passes(seconds=10)
    assert await hall.counts(announcement) == Counts(sent=3)
    (text,) = hall.read_by(late["no_registrasi"])
    assert late["no_registrasi"] in text
    assert not hall.read_by(gone["no_registrasi"])
    await hall.assert_adds_up()


async def test_a11_after_fourteen_days_nobody_is_added_any_more(hall, officer):
    await hall.crowd(1)
    late = person(50)
    await hall.lists([late])
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    await hall.passes(days=15)
    await hall.follows(late)
    await hall.passes(seconds=10)
    assert await hall.counts(announcement) == Counts(sent=1)


async def test_a8_a_pause_holds_what_has_not_begun_and_resume_sends_it(hall, officer):
    await hall.crowd(40)
    announcement = await hall.announces(officer)
    hall.clock.move(seconds=UNDO)
    await hall.announcing.timers.move_on()
    await hall.announcing.carriers["telegram"].carry_some()
    assert await hall.steers("pause", announcement, officer) is None
    await hall.settle()
    out = (await hall.counts(announcement)).sent
    assert 0 < out <= 10
    await hall.passes(hours=1)
    assert await hall.counts(announcement) == Counts(sent=out, waiting=40 - out)
    assert await hall.state(announcement) == "paused"
    assert await hall.steers("resume", announcement, officer) is None
    assert await hall.steers("resume", announcement, officer) is None  # two officers at once
    await hall.passes(seconds=1)
    assert await hall.counts(announcement) == Counts(sent=40)
    assert all(len(screens) == 1 for screens in hall.phones["telegram"].screens.values())


async def test_a8_another_officer_pauses_nobody_else_s_and_an_approver_pauses_any(hall, officer, approver):
    await hall.crowd(2)
    announcement = await hall.announces(officer)
    other = await hall.member(Role.OFFICER, "Dewi")
    assert isinstance(await hall.steers("pause", announcement, other), NotAllowed)
    assert await hall.steers("pause", announcement, approver) is None
    assert await hall.steers("pause", announcement, officer) is None  # twice changes nothing
    assert await hall.steers("withdraw", announcement, approver) is None
    await hall.passes(hours=1)
    assert await hall.counts(announcement) == Counts(failed=2)
    assert isinstance(await hall.steers("resume", announcement, officer), AnnouncementOver)


async def test_erased_and_merged_people_stay_in_the_counts(hall, officer):
    from storage.keeping import chat_merge

    people = await hall.crowd(3)
    chats = [await hall.follows(one) for one in people]
    announcement = await hall.announces(officer)
    await hall.store.write(lambda db: chat_merge.merge(db, chats[0], chats[1]))
    await hall.passes(seconds=UNDO)
    assert await hall.counts(announcement) == Counts(sent=2, failed=1)
    assert len(hall.read_by(people[0]["no_registrasi"])) == 1
    await hall.announcing.timers.add_up()
    await hall.assert_adds_up()


def unreconciled(hall) -> float:
    found = re.search(rb"^loket_announcements_unreconciled\{.*\} (.*)$", hall.metrics.written(), re.MULTILINE)
    return float(found[1])


async def test_the_reconciler_mends_what_does_not_add_up_and_rings(hall, officer):
    from sqlalchemy import text

    await hall.crowd(2)
    announcement = await hall.announces(officer)
    await hall.store.write(lambda db: db.run(text("UPDATE announcements SET planned = 7")))
    await hall.announcing.timers.add_up()
    await hall.assert_adds_up()
    assert unreconciled(hall) == 1.0
    rung = await hall.store.read(lambda db: audit.entries(db, action="announcement-alarm"))
    assert [(one.subject, one.details) for one in rung] == [(f"announcement:{announcement}", "miscounted")]
    await hall.announcing.timers.add_up()
    assert unreconciled(hall) == 0.0


async def test_a_recipient_without_a_row_becomes_unknown(hall, officer):
    from sqlalchemy import text

    await hall.crowd(2)
    announcement = await hall.announces(officer)
    lost = "UPDATE announcement_recipients SET outbox_id = NULL WHERE id = (SELECT min(id) FROM announcement_recipients)"
    await hall.store.write(lambda db: db.run(text(lost)))
    await hall.announcing.timers.add_up()
    rung = await hall.store.read(lambda db: audit.entries(db, action="announcement-alarm"))
    assert {(one.subject, one.details) for one in rung} == {
        ("recipients", "stateless"),
        ("outbox", "orphaned"),
    }
    await hall.passes(seconds=UNDO)
    assert await hall.counts(announcement) == Counts(sent=1, unknown=1)
    await hall.assert_adds_up()


async def test_results_outlive_the_rows_of_the_outbox(hall, officer):
    from storage.keeping.purge import purge

    await hall.crowd(2)
    announcement = await hall.announces(officer)
    await hall.passes(seconds=UNDO)
    hall.clock.move(days=40)

    async def pause():
        return None

    await purge(hall.store, hall.office.retention, pause=pause)
    assert await hall.count("outbox", "priority = 2") == 0
    assert await hall.counts(announcement) == Counts(sent=2)
    await hall.assert_adds_up()


async def test_a_preview_counts_by_channel_and_writes_nothing(hall):
    await hall.crowd(2)
    await hall.crowd(1, first=10, channel="whatsapp")
    await hall.crowd(1, first=20, channel="web")
    nobody = person(30)
    await hall.lists([nobody])
    shown = await hall.previews(replace(hall.order()))
    assert shown.per_channel == {"telegram": 2, "whatsapp": 1, "web": 1}
    assert shown.none == (nobody["no_registrasi"],)
    assert shown.recipients == 4
    assert person(1)["no_registrasi"] in shown.text
    assert await hall.count("announcements") == 0

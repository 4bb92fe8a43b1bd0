"""Hand-overs in the store, on both databases: taken by one, carried once, ended by themselves."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.setup.office_file import load_office
from domain.people.nik import hide_niks
from domain.staff.roles import Role
from storage.handovers import endings, handovers, views
from storage.handovers import lines as handover_lines
from storage.handovers import post as handover_post
from storage.keeping.chat_merge import merge
from storage.people import chats
from storage.post import errands
from storage.schema import chats as chat_rows
from storage.schema import handovers as rows
from storage.staff import staff
from storage.store import Store
from storage.vault import Unreadable, Vault

KEPT = timedelta(hours=24)
CONTEXT = {
    "conversation": "",
    "question": "",
    "language": "id",
    "channel": "telegram",
    "why": "asked",
    "about": [],
}


async def chat_of(store, address):
    where = {"channel": "telegram", "account": "1", "address": address, "language": "id"}
    return (await store.write(lambda db: chats.meet(db, **where))).id


async def member_of(store, name, *, role=Role.OFFICER, point=None):
    """A member of staff, and their staff chat."""
    await store.write(lambda db: staff.invite(db, name=name, role=role, point=point, actor="system"))
    member = await store.read(lambda db: staff.find(db, name=name))
    chat = await chat_of(store, name)
    await store.write(lambda db: staff.link_chat(db, chat=chat, member=member.id))
    return member, chat


async def opened(store, chat, *, point=None):
    await store.write(
        lambda db: handovers.open_handover(db, chat=chat, why="asked", point=point, context=CONTEXT)
    )
    return await store.read(lambda db: handovers.living_of(db, chat=chat))


async def take(store, handover, member, chat, seen=None):
    return await store.write(
        lambda db: handovers.take(db, handover=handover, member=member, chat=chat, seen=seen)
    )


async def carry(store, post, *, for_resident=False):
    """Carry as bot/turns/relay.py does; give how many lines were."""

    async def step(db):
        for one in (post.resident, post.officer):
            if one is not None and await chats.meet_again(db, chat=one) is None:
                return 0
        if not await handover_post.lock(db, post=post):
            return 0
        lines = await handover_post.to_carry(db, handover=post.handover, for_resident=for_resident)
        await handover_post.passed(db, lines=lines)
        return len(lines)

    return await store.write(step)


async def test_of_many_who_take_at_once_one_has_it(store: Store):
    sri = await chat_of(store, "sri")
    crew = [await member_of(store, f"officer {number}") for number in range(6)]
    handover = await opened(store, sri)
    outcomes = await asyncio.gather(*(take(store, handover, member, chat) for member, chat in crew))
    assert sorted(outcomes) == [False] * 5 + [True]
    found = await store.read(lambda db: views.show(db, handover=handover))
    assert found.taken_by == crew[outcomes.index(True)][0].id


async def test_a_resident_who_asks_twice_at_once_is_handed_over_once(store: Store):
    sri = await chat_of(store, "sri")
    await asyncio.gather(*(opened(store, sri) for _ in range(5)))
    assert await store.read(lambda db: db.scalar(select(func.count()).select_from(rows))) == 1


async def test_a_line_is_carried_once_by_several_who_look_at_once(store: Store):
    sri = await chat_of(store, "sri")
    ratna, ratnas = await member_of(store, "Ratna")
    handover = await opened(store, sri)
    await take(store, handover, ratna, ratnas)
    await store.write(lambda db: handover_lines.hear(db, chat=sri, word="halo", kept=KEPT))
    [post] = await store.read(handover_post.due)
    carried = await asyncio.gather(*(carry(store, post) for _ in range(5)))
    assert sum(carried) == 2  # the context, and the word
    assert await store.read(handover_post.due) == []


async def test_both_sides_speak_and_end_at_once_and_nothing_is_stuck(store: Store):
    ratna, ratnas = await member_of(store, "Ratna")
    for turn in range(5):
        sri = await chat_of(store, f"sri {turn}")
        handover = await opened(store, sri)
        await take(store, handover, ratna, ratnas)

        async def resident(sri=sri):
            await store.write(lambda db: handover_lines.hear(db, chat=sri, word="halo", kept=KEPT))
            return await store.write(lambda db: handovers.end_of_chat(db, chat=sri))

        async def officer(handover=handover):
            await store.write(
                lambda db: handover_lines.reply(db, handover=handover, member=ratna.id, word="ya")
            )
            return await store.write(lambda db: handovers.hand_back(db, handover=handover, member=ratna))

        ended = await asyncio.gather(resident(), officer())
        assert sorted(ended) == [False, True]
        until = select(chat_rows.c.human_until).where(chat_rows.c.id == sri)
        assert await store.read(lambda db, q=until: db.scalar(q)) is None


async def test_a_silent_day_ends_a_handover_and_any_word_extends_it(store: Store, clock):
    sri, late = await chat_of(store, "sri"), await chat_of(store, "late")
    first, second = await opened(store, sri), await opened(store, late)
    clock.move(hours=23)
    await store.write(lambda db: handover_lines.hear(db, chat=late, word="halo", kept=KEPT))
    clock.move(hours=2)
    await store.write(lambda db: endings.run_due(db, load_office(None)))
    living = await store.read(views.living)
    assert [one.id for one in living] == [second]
    [post] = await store.read(handover_post.due)
    assert (post.handover, post.ended_by, post.was_taken) == (first, "time", False)


async def test_only_who_has_it_may_speak_and_give_it_back(store: Store):
    sri = await chat_of(store, "sri")
    (ratna, ratnas), (wati, watis) = await member_of(store, "Ratna"), await member_of(store, "Wati")
    handover = await opened(store, sri)
    await take(store, handover, ratna, ratnas)

    async def speaks(member):
        return await store.write(
            lambda db: handover_lines.reply(db, handover=handover, member=member.id, word="ya")
        )

    assert (await speaks(ratna), await speaks(wati)) == (True, False)
    assert not await store.write(lambda db: handovers.hand_back(db, handover=handover, member=wati))
    assert not await take(store, handover, wati, watis, seen=None), "she did not see that Ratna has it"
    assert await take(store, handover, wati, watis, seen=ratna.id)
    assert (await speaks(ratna), await speaks(wati)) == (False, True)


async def test_those_of_the_point_are_called_or_everybody_where_there_is_nobody(store: Store):
    await member_of(store, "Ratna", point="sooko")
    await member_of(store, "Wati", point="jetis")
    await member_of(store, "Tono", role=Role.VIEWER)
    await opened(store, await chat_of(store, "sri"), point="sooko")
    assert (await store.read(errands.outcomes)) == {("call", "waiting"): 1}
    await opened(store, await chat_of(store, "budi"), point="gondang")
    assert (await store.read(errands.outcomes)) == {("call", "waiting"): 3}


async def test_words_are_sealed_for_their_row_and_hold_no_long_number(store: Store, vault):
    sri = await chat_of(store, "sri")
    handover = await opened(store, sri)
    word = "NIK 3516.9941.0790.0001 dan 3516994107900001"
    await store.write(lambda db: handover_lines.hear(db, chat=sri, word=word, kept=KEPT))
    said = await store.read(lambda db: handover_lines.lines(db, handover=handover))
    assert said[-1].word == "NIK [NIK] dan [NIK]"
    assert "NIK" not in repr(said[-1])
    sealed = await store.read(lambda db: db.scalar(select(handover_lines.handover_lines.c.word)))
    with pytest.raises(Unreadable):
        vault.open(sealed, at="handover_lines.word:1")


async def test_a_revoked_officers_talk_from_the_console_waits_again(store: Store):
    ratna, _ = await member_of(store, "Ratna")
    handover = await opened(store, await chat_of(store, "sri"))
    await take(store, handover, ratna, None)
    await store.write(lambda db: staff.revoke(db, name="Ratna", actor="system"))
    await store.write(lambda db: endings.run_due(db, load_office(None)))
    [found] = await store.read(views.living)
    assert (found.state, found.taken_by) == ("waiting", None)


async def test_a_talk_goes_on_in_the_chat_that_a_merge_keeps(store: Store):
    kept, gone = await chat_of(store, "sri"), await chat_of(store, "sri under another name")
    await opened(store, gone)
    await store.write(lambda db: merge(db, kept, gone))
    assert await store.read(lambda db: handovers.living_of(db, chat=kept))
    until = select(chat_rows.c.human_until).where(chat_rows.c.id == kept)
    assert await store.read(lambda db: db.scalar(until)) is not None, "the bot stays silent"


async def test_words_and_files_of_a_lost_key_are_empty(store: Store, database_url, clock):
    sri = await chat_of(store, "sri")
    handover = await opened(store, sri)
    file = handover_lines.File(name="foto.jpg", mime="image/jpeg", data=b"\x01")
    await store.write(lambda db: handover_lines.hear(db, chat=sri, word="halo", file=file, kept=KEPT))
    stranger = await Store.open(database_url, vault=Vault([bytes(32)]), clock=clock)
    said = await stranger.read(lambda db: handover_lines.lines(db, handover=handover))
    await stranger.close()
    assert (said[-1].word, said[-1].file) == ("", None)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("3516994107900001", "[NIK]"),
        ("3516 9941 0790 0001.", "[NIK]."),
        ("35169941-07900001", "[NIK]"),
        ("351699410790000", "[NIK]"),  # one digit is missing
        ("3516/9941/0790/0001", "[NIK]"),
        ("\uff13\uff15\uff11\uff16994107900001", "[NIK]"),
        ("MJK-261102-0007-Z, HP 0812-3456-7890", "MJK-261102-0007-Z, HP 0812-3456-7890"),
        ("09.00", "09.00"),
    ],
)
def test_possible_niks_are_hidden_and_other_numbers_stay(text, left):
    assert hide_niks(text) == left


async def test_words_after_the_end_are_not_kept_for_an_officer(store: Store):
    sri = await chat_of(store, "sri")
    handover = await opened(store, sri)
    assert not await store.write(lambda db: handovers.release(db, handover=handover)), "nobody has it"
    before = await store.read(lambda db: handover_lines.lines(db, handover=handover))
    await store.write(lambda db: handovers.end_of_chat(db, chat=sri))
    assert not await store.write(lambda db: handover_lines.hear(db, chat=sri, word="halo", kept=KEPT))
    after = await store.read(lambda db: handover_lines.lines(db, handover=handover))
    assert "halo" not in {line.word for line in after}
    assert len(after) >= len(before)

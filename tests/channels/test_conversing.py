"""One conversation over every channel, with the same steps, words, effects and attachments."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from handlers.engine.chat import Chat, Choice, File, Place
from handlers.engine.registry import Conversation
from locales.texts import Texts
from storage import audit
from storage.store import Store
from tests.channels.sides import Side
from tests.channels.test_contract import PNG
from tests.engine.desk import texts_in
from tests.engine.playground import EFFECT, effect, playground
from tests.support.clock import Clock
from tests.support.counter import Counter
from tests.support.texts import THE_OFFICE, WIB

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
WEBSITE = "https://dukcapil.mojokertokab.go.id/tiket"
TEXTS = """
ticket-when = [{lang}] When do you come?
ticket-monday = Monday
ticket-tuesday = Tuesday
ticket-yours = [{lang}] Your ticket for { $day }, *K7M2QX*.
ticket-site = About tickets
ticket-where = [{lang}] Where do you live?
ticket-noted = [{lang}] You live at { $home }.
"""
MADE: list[str] = []


def picture() -> File:
    MADE.append("picture")
    return File(name="tiket.png", mime="image/png", data=PNG)


async def ticket(chat: Chat) -> None:
    day = await chat.choose("ticket-when", [Choice(day, f"ticket-{day}") for day in ("monday", "tuesday")])
    await chat.once("ticket-take", effect, chat=chat.id, what=f"ticket {day}")
    await chat.say("ticket-yours", day=day)
    await chat.attach(picture)
    await chat.attach(File(name="jadwal.ics", mime="text/calendar", data=CALENDAR))
    await chat.place(
        Place(latitude=-7.472222, longitude=112.433811, name="Sooko", address="Jl. RA Basuni 17")
    )
    await chat.link("ticket-site", WEBSITE)
    home = await chat.ask("ticket-where", str.strip, location=True)
    await chat.say("ticket-noted", home=home)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    folder = tmp_path_factory.mktemp("texts") / "locales"
    texts_in(folder)
    for language in ("id", "jv", "en"):
        (folder / language / "ticket.ftl").write_text(TEXTS.replace("{lang}", language), "utf-8")
    return Texts(zone=WIB, strict=True, folder=folder)


@pytest.fixture(autouse=True)
def _playing() -> Iterator[None]:
    MADE.clear()
    with playground({"ticket": Conversation(name="ticket", script=ticket, command="ticket")}):
        yield


class Conversing(Counter):
    """The office behind one channel; `opens` carries the outbox, which nobody does after a kill."""

    def __init__(self, side: Side, store: Store, clock: Clock, folder: Path, texts: Texts) -> None:
        self.side = side
        super().__init__(store, clock, THE_OFFICE, folder, side.channel, texts=texts)

    def restart(self) -> None:
        super().restart()
        self.side.ear.office = self.hear

    @asynccontextmanager
    async def opens(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as tasks:
            carrying = tasks.create_task(self.courier.run())
            yield
            carrying.cancel()

    def again(self) -> "Conversing":
        """Another process over the same database."""
        return Conversing(self.side, self.store, self.clock, self._folder, self.texts)

    async def says(self, text: str) -> None:
        self.side.clock.moved += 10
        await self.side.hand.says(text)

    async def taps(self, place: int) -> None:
        self.side.clock.moved += 10
        await self.side.hand.taps(place)

    async def effects(self) -> list[str]:
        lines = await self.store.read(lambda db: audit.entries(db, action=EFFECT, limit=100))
        return [line.details for line in reversed(lines)]


@pytest.fixture
async def office(
    side: Side, _sqlite_url: str, vault, clock: Clock, texts: Texts, tmp_path: Path
) -> AsyncIterator[Conversing]:
    store = await Store.open(_sqlite_url, vault=vault, clock=clock)
    yield Conversing(side, store, clock, tmp_path, texts)
    await store.close()


@pytest.fixture
async def sri(office: Conversing) -> AsyncIterator[Conversing]:
    async with office.opens():
        yield office


async def test_a_choice_beyond_the_first_page_is_reached_with_digits_alone(sri: Conversing):
    await sri.says("/shop")
    seen = await sri.side.hand.hears("take after 0")
    await sri.says(str(len(seen.taps)))  # the last choice of a page leads on
    seen = await sri.side.hand.hears("take after 0")
    [place] = [place for place, label in enumerate(seen.taps, 1) if "item-13" in label]
    await sri.says(str(place))
    await sri.side.hand.hears("How many of item-13?")


async def test_a_tap_on_a_second_page_is_the_choice_that_stands_there(sri: Conversing):
    await sri.says("/shop")
    seen = await sri.side.hand.hears("take after 0")
    await sri.taps(len(seen.taps) - 1)
    seen = await sri.side.hand.hears("take after 0")
    await sri.taps(next(place for place, label in enumerate(seen.taps) if "item-13" in label))
    await sri.side.hand.hears("How many of item-13?")


async def test_an_old_button_answers_no_new_question(sri: Conversing):
    await sri.says("/shop")
    await sri.side.hand.hears("take after 0")
    await sri.side.hand.marks()
    await sri.says("1")
    await sri.side.hand.hears("How many of item-1?")
    await sri.says("5")
    await sri.side.hand.hears("take after 5")
    await sri.side.hand.taps_marked(1)
    seen = await sri.side.hand.hears("tidak berlaku")
    assert "take after 5" in seen.words
    assert await sri.effects() == ["put item-1 5"]


async def test_a_double_tap_has_one_effect_and_is_answered_both_times(sri: Conversing):
    await sri.says("/strict")
    await sri.side.hand.hears("once and for all")
    await sri.side.hand.marks()
    await sri.side.hand.taps_marked(0)
    await sri.side.hand.taps_marked(0)
    await sri.side.hand.hears("a1 is yours")
    await sri.says("menu")
    await sri.side.hand.hears("Ada yang bisa kami bantu")
    assert await sri.effects() == ["seat a1"]


@pytest.mark.parametrize(
    ("word", "said"), [("0", "bantu"), ("Menu", "bantu"), ("batal", "tidak dilanjutkan")]
)
async def test_words_lead_out_of_any_question(sri: Conversing, word: str, said: str):
    await sri.says("/shop")
    await sri.side.hand.hears("take after 0")
    await sri.says(word)
    await sri.side.hand.hears(said)


async def test_a_ticket_arrives_with_picture_file_map_and_link(sri: Conversing):
    await sri.says("/ticket")
    await sri.side.hand.hears("When do you come?")
    await sri.says("1")
    seen = await sri.side.hand.hears("Your ticket for monday", files=2)
    assert [data for _, data in seen.files] == [PNG, CALENDAR]
    assert seen.bold == ["K7M2QX"]
    assert "📍 Sooko, Jl. RA Basuni 17" in seen.words
    for link in (WEBSITE, "https://www.google.com/maps/search/?api=1&query=-7.472222,112.433811"):
        assert link in [url for _, url in seen.links] or link in seen.words, link
    await sri.says("Jl. Mawar 3")
    seen = await sri.side.hand.hears("You live at Jl. Mawar 3")
    assert (seen.files, seen.links) == ([], []), "what was said once is not said again on a replay"
    assert MADE == ["picture"]


async def test_what_was_enclosed_survives_a_kill_before_it_was_sent(office: Conversing):
    async with office.opens():
        await office.says("/ticket")
        await office.side.hand.hears("When do you come?")
    killed = office.again()
    while not office.side.ear.turned.locked():
        await office.side.ear.turned.acquire()
    await killed.says("1")
    await killed.side.ear.turned.acquire()  # committed, and nobody is left to send it
    reborn = office.again()
    office.clock.move(seconds=61)
    async with reborn.opens():
        seen = await office.side.hand.hears("Your ticket for monday", files=2)
    assert [data for _, data in seen.files] == [PNG, CALENDAR]
    assert await office.effects() == ["ticket monday"]

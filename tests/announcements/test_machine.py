"""Announcements against a model: planned equals the sum of states, and nobody gets one twice.

A rule is something that an officer, a resident, the provider or a crash does; after each of them both sides agree.
"""

import asyncio
import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.announcing.render import Rendering
from domain.announcements.announcement import Counts
from domain.staff.roles import Role
from storage.announcements import control, delivery, freeze
from storage.announcements.records import every
from storage.keeping import chat_merge
from storage.post import sending
from storage.post.outbox import LEASE
from storage.post.sending import Outcome
from storage.store import Store
from tests.announcements.hall import Hall, hall_of, person
from tests.support.clock import Clock
from tests.support.exploring import examples

PEOPLE = 8
OUTCOMES = ("sent", "failed", "unknown", "waiting")


class Life(RuleBasedStateMachine):
    """One announcement; the model holds each recipient's expected state and number of calls."""

    template: Path
    vault: object

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "loket.db")
        self.clock = Clock()
        self.calls: Counter[int] = Counter()
        self.rows: dict[int, str] = {}
        self.out: dict[int, int] = {}
        self.not_yet: list[int] = []  # linked before it began: taken in once it has
        self.state = "none"

    def does(self, work):
        return self.loop.run_until_complete(work)

    @initialize(followers=st.integers(min_value=1, max_value=PEOPLE - 2))
    def opens(self, followers: int) -> None:
        async def open_hall() -> Hall:
            store = await Store.open(
                f"sqlite+aiosqlite:///{self.folder / 'loket.db'}", vault=self.vault, clock=self.clock
            )
            hall = hall_of(store, self.clock, self.folder, quiet={"from": "00:00", "to": "00:00"})
            self.people = [person(place) for place in range(PEOPLE)]
            await hall.lists(self.people)
            self.chats = [await hall.follows(one) for one in self.people[:followers]]
            self.officer = await hall.member(Role.OFFICER)
            self.announcement = await hall.announces(self.officer)
            return hall

        self.hall = self.does(open_hall())
        self.state = "planned"
        self.begins = self.clock() + timedelta(seconds=60)
        self.rows = dict.fromkeys(self.chats, "waiting")
        self.linked = followers

    # What time does.

    @rule(seconds=st.sampled_from([1, 30, 61, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.clock.move(seconds=seconds)
        self.does(self.hall.announcing.timers.move_on())
        if self.state == "planned" and self.clock() >= self.begins:
            self.state = "sending"
        open_rows = {"waiting", "sending"} & set(self.rows.values())
        if self.state == "sending" and not open_rows:
            self.state = "finished"

    @rule()
    def leases_are_looked_after(self) -> None:
        self.does(self.hall.store.write(sending.take_over_expired))
        for row, chat in list(self.out.items()):
            if self.leased[row] < self.clock():
                self.rows[chat] = "unknown"
                del self.out[row]

    # What the carrier and the provider do.

    @rule(limit=st.integers(min_value=1, max_value=4))
    def some_are_claimed(self, limit: int) -> None:
        rows = self.does(
            self.hall.store.write(
                lambda db: delivery.claim_due(db, channel="telegram", owner="me", limit=limit)
            )
        )
        waiting = [chat for chat, state in self.rows.items() if state == "waiting"]
        expected = min(limit, len(waiting)) if self.state in ("sending", "finished") else 0
        assert len(rows) == expected
        for row in rows:
            assert self.rows[row.chat] == "waiting"
            self.rows[row.chat] = "sending"
            self.out[row.id] = row.chat
            self.leased = getattr(self, "leased", {}) | {row.id: self.clock() + LEASE}

    @precondition(lambda self: self.out)
    @rule(data=st.data(), outcome=st.sampled_from(OUTCOMES))
    def a_call_is_answered(self, data, outcome: str) -> None:
        row = data.draw(st.sampled_from(sorted(self.out)))
        chat = self.out.pop(row)
        reason = "blocked" if outcome == "failed" else None
        came = Outcome(id=row, chat=chat, state=outcome, reason=reason, due_at=self.clock())
        self.does(self.hall.store.write(lambda db: sending.record(db, [came])))
        self.rows[chat] = outcome
        if outcome in ("sent", "unknown"):
            self.calls[chat] += 1
        if outcome == "waiting" and self.state in ("undone", "withdrawn"):
            self.does(self.hall.store.write(delivery.fail_stopped))
            self.rows[chat] = "failed"

    # What people do.

    @rule(step=st.sampled_from(["pause", "resume", "undo", "withdraw"]))
    def staff_steer(self, step: str) -> None:
        refused = self.does(self.hall.steers(step, self.announcement, self.officer))
        expected = self._after(step)
        assert (refused is None) == (expected is not None), (step, self.state, refused)
        if expected is None:
            return
        if expected in ("undone", "withdrawn") and expected != self.state:
            self.rows = {chat: "failed" if state == "waiting" else state for chat, state in self.rows.items()}
        self.state = expected

    def _after(self, step: str) -> str | None:
        """Expected state after a step; None: the step is refused."""
        begun = self.clock() >= self.begins
        waits = "waiting" in self.rows.values()
        table = {
            "pause": {"planned", "sending", "paused"} | ({"finished"} if waits else set()),
            "resume": {"paused", "planned", "sending"},
            "undo": {"undone"} | (set() if begun else {"planned", "paused"}),
            "withdraw": {"planned", "sending", "paused", "withdrawn"},
        }
        if self.state not in table[step]:
            return None
        if step == "resume":
            return self.state if self.state != "paused" else "sending" if begun else "planned"
        return {"pause": "paused", "undo": "undone", "withdraw": "withdrawn"}[step]

    @precondition(lambda self: self.linked < PEOPLE)
    @rule()
    def somebody_links_a_chat_later(self) -> None:
        chat = self.does(self.hall.follows(self.people[self.linked]))
        self.linked += 1
        self.chats.append(chat)
        self.not_yet.append(chat)
        if self.state in ("sending", "paused", "finished"):
            self.late_followers_are_looked_for()
        else:
            self.does(self.hall.announcing.timers.take_in_late())  # takes in nobody

    @precondition(lambda self: self.not_yet and self.state in ("sending", "paused", "finished"))
    @rule()
    def late_followers_are_looked_for(self) -> None:
        self.does(self.hall.announcing.timers.take_in_late())
        for chat in self.not_yet:
            self.rows[chat] = "waiting"
        self.not_yet = []
        self.state = "sending" if self.state == "finished" else self.state

    @precondition(lambda self: len(self.chats) > 1 and set(self.chats) <= set(self.rows))
    @rule()
    def two_chats_turn_out_to_be_one_person_s(self) -> None:
        into, gone = self.chats[0], self.chats.pop()
        self.does(self.hall.store.write(lambda db: chat_merge.merge(db, into, gone)))
        if self.rows[gone] == "waiting":
            self.rows[gone] = "failed"
        self.rows[-gone] = self.rows.pop(gone)
        self.out = {row: -chat if chat == gone else chat for row, chat in self.out.items()}

    @rule()
    def it_is_frozen_again(self) -> None:
        """A second freeze, as by another process, changes nothing."""
        done = self.does(
            freeze.freeze(
                self.hall.store,
                announcement=self.announcement,
                office=self.hall.office,
                render=Rendering(self.hall.texts),
                open_spans=lambda _point, _day: (),
                owner="late",
                pause=lambda: asyncio.sleep(0),
            )
        )
        assert done is False

    # What always holds.

    @invariant()
    def everything_adds_up(self) -> None:
        if self.state == "none":
            return
        counts = self.does(self.hall.counts(self.announcement))
        assert counts == Counts(**Counter(self.rows.values()))
        (one,) = self.does(self.hall.store.read(every))
        assert counts.total == one.planned
        assert one.state == self.state

    @invariant()
    def nobody_gets_it_twice(self) -> None:
        assert not self.calls or max(self.calls.values()) == 1

    def teardown(self) -> None:
        if hasattr(self, "hall"):
            self.does(self.hall.store.close())
        self.loop.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.mark.hypothesis
@pytest.mark.timeout(max(300, examples(300)))
def test_the_life_of_an_announcement(template, vault) -> None:
    Life.template, Life.vault = template, vault
    machine = Life.TestCase
    machine.settings = settings(
        max_examples=examples(15),
        stateful_step_count=25,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],  # to shorten a failure takes longer than the test may
        suppress_health_check=list(HealthCheck),
    )
    machine().runTest()


def test_every_step_of_staff_is_in_the_machine() -> None:
    assert all(hasattr(control, step) for step in ("pause", "resume", "undo", "withdraw"))

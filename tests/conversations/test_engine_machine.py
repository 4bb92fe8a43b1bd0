"""Random residents against the real dispatcher on a real SQLite file, and a plain model that says what must happen."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from locales.texts import LANGUAGES
from tests.engine.desk import push
from tests.engine.playground import ITEMS, SEATS, WORLD
from tests.engine.rehearsal import PEOPLE, Button, Rehearsal, texts
from tests.support.exploring import examples

WORDS = {
    "menu": ("menu", ""),
    "/menu": ("menu", ""),
    "0": ("menu", ""),
    "batal": ("cancel", ""),
    "kembali": ("back", ""),
    "/kembali": ("back", ""),
    "back": ("back", ""),
    "/shop": ("open", "shop"),
    "seat": ("open", "seat"),
    "/strict": ("open", "strict"),
    "gate": ("open", "gate"),
    "/mood": ("open", "mood"),
    "bantuan": ("open", "help"),
    "/bahasa": ("open", "language"),
    "english": ("open", "language en"),
    "bahasa indonesia": ("open", "language id"),
    "/bahasa jv": ("open", "language jv"),
    # A label is an opening word, too, once its question is forgotten.
    "indonesia": ("open", "language id"),
    "jawa": ("open", "language jv"),
    **{
        texts().say(language, label).casefold(): ("open", name)
        for language in LANGUAGES
        for label, name in (("menu-help", "help"), ("menu-language", "language"), ("shop-label", "shop"))
    },
}
LABELS = [
    *(f"{item} ({language})" for item in ITEMS[:3] + ITEMS[-1:] for language in ("id", "en")),
    *(f"seat {one} (id)" for one in SEATS),
    *("nothing more (id)", "nothing more (en)", "Ya", "Tidak", "Yes", "No", "Lainnya", "FEELING GOOD (ID)"),
]
TEXTS = st.one_of(
    st.sampled_from(sorted(WORDS)),
    st.integers(0, 14).map(str),
    st.sampled_from(LABELS),
    st.sampled_from(["7", "99", "100", "lima", "７", "(tidak)", "sudah jadi belum?"]),
)
PERSON = st.integers(0, len(PEOPLE) - 1)


class Residents(Rehearsal):
    """Three residents on three channels; each does what people do, in any order."""

    @rule(who=PERSON, text=TEXTS)
    def says(self, who: int, text: str) -> None:
        self._acts(who, lambda talk: talk.hears_text(text.replace("７", "7"), WORDS), text=text)

    @rule(who=PERSON, pick=st.integers(0, 9), way=st.sampled_from(["tap", "digit", "label"]))
    def answers(self, who: int, pick: int, way: str) -> None:
        """Answer the open question as it wants to be answered."""
        shown = self.people[who].screens[-1:]
        if not shown or not shown[0].choices:
            self.says(who, str(pick))
            return
        place = pick % len(shown[0].choices)
        if way == "tap":
            self._tap(who, self.bubbles[who][-1][place])
        else:
            self.says(who, str(place + 1) if way == "digit" else shown[0].choices[place].label)

    @rule(who=PERSON, picks=st.lists(st.integers(0, 9), min_size=2, max_size=6))
    def answers_one_after_the_other(self, who: int, picks: list[int]) -> None:
        for pick in picks:
            self.answers(who, pick, "tap")

    @rule(who=PERSON, bubble=st.integers(0, 3), pick=st.integers(0, 9))
    def goes_back_and_taps_an_older_bubble(self, who: int, bubble: int, pick: int) -> None:
        self.says(who, "kembali")
        self.taps(who, bubble, pick)

    @rule(who=PERSON, bubble=st.integers(0, 8), pick=st.integers(0, 9))
    def taps(self, who: int, bubble: int, pick: int) -> None:
        """Tap a button of a bubble that is not too old."""
        bubbles = [one for one in self.bubbles[who] if one]
        if bubbles:
            chosen = bubbles[-1 - bubble % len(bubbles)]
            self._tap(who, chosen[pick % len(chosen)])

    @precondition(lambda self: self.tapped)
    @rule(who=PERSON, back=st.integers(0, 5))
    def taps_again(self, who: int, back: int) -> None:
        mine = [button for one, button in self.tapped if one == who]
        if mine:
            self._tap(who, mine[-1 - back % len(mine)])

    @precondition(lambda self: self.tapped)
    @rule(who=PERSON, back=st.integers(0, 99))
    def taps_a_forwarded_button(self, who: int, back: int) -> None:
        self._tap(who, self.tapped[-1 - back % len(self.tapped)][1])

    def _tap(self, who: int, button: Button) -> None:
        self.tapped.append((who, button))
        owner, token, question, answer = button
        mine = question if owner is self.people[who] else None
        self._acts(
            who,
            lambda talk: talk.taps(mine, answer, (mine, answer)),
            kind="choice",
            choice=token,
        )

    @rule(who=PERSON, token=st.sampled_from(["", ".", "abcdefgh.1.0", "a.b.c.d", ">", "x.1.>99", "é" * 9999]))
    def taps_a_forged_button(self, who: int, token: str) -> None:
        self._acts(who, lambda talk: talk.taps(None, None, None), kind="choice", choice=token)

    @rule(who=PERSON, kind=st.sampled_from(["voice", "sticker", "location", "other"]))
    def sends_something_else(self, who: int, kind: str) -> None:
        self._acts(who, lambda talk: talk.sends_something_else("engine-unsupported", kind=kind), kind=kind)

    @precondition(lambda self: self.heard)
    @rule(back=st.integers(0, 3))
    def a_message_is_delivered_again(self, back: int) -> None:
        before = [len(one.screens) for one in self.people]
        self._hear(*[self.heard[-1 - back % len(self.heard)]] * 2)
        assert before == [len(one.screens) for one in self.people]

    @rule(first=PERSON, second=PERSON, texts=st.tuples(TEXTS, TEXTS))
    def two_messages_at_once(self, first: int, second: int, texts: tuple[str, str]) -> None:
        people = (first, second)
        before = [len(one.screens) for one in self.people]
        expected = [
            self.talks[who].turn(
                self.clock.now, lambda talk, text=text: talk.hears_text(text.replace("７", "7"), WORDS)
            )
            for who, text in zip(people, texts, strict=True)
        ]
        self._hear(*[self._message(who, text=text) for who, text in zip(people, texts, strict=True)])
        for who, bubble in zip(people, expected, strict=True):
            self._sees(who, self.people[who].screens[before[who]], bubble)
            before[who] += 1
        assert before == [len(one.screens) for one in self.people]

    @rule()
    def the_process_starts_anew(self) -> None:
        self.loop.run_until_complete(self.desk.store.close())
        self.desk.store = self._open()
        self.desk.restart()

    @rule(minutes=st.sampled_from([1, 14, 16, 600, 23 * 60, 25 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.clock.move(minutes=minutes)

    @rule()
    def the_next_step_breaks(self) -> None:
        self.broken = WORLD.broken = True

    @rule(who=PERSON, name=st.sampled_from(["Sri", "Adi"]))
    def the_office_asks_by_a_push(self, who: int, name: str) -> None:
        if self.talks[who].welcome is None:
            expected = self.talks[who].turn(self.clock.now, lambda talk: talk.pushes("news", name))
            screen = self.loop.run_until_complete(push(self.desk, self.people[who], "news", name))
            self._sees(who, screen, expected)

    @invariant()
    def every_step_had_its_effect_once(self) -> None:
        assert self.loop.run_until_complete(self.desk.effects()) == self.effects

    @invariant()
    def what_is_stored_asks_the_same_question_again(self) -> None:
        for one, talk in zip(self.people, self.talks, strict=True):
            shown = self.loop.run_until_complete(
                self.desk.hear.resume(channel=one.phone.name, account="loket", address=one.name)
            )
            expired = talk.until is None or self.clock.now >= talk.until
            if expired or not talk.stack:
                assert shown is None
            else:
                bubble = talk._play()
                assert shown is not None
                assert (shown.text, [choice.label for choice in shown.choices]) == (
                    bubble.text,
                    [label for label, _ in bubble.choices],
                )


TestResidents = Residents.TestCase
TestResidents.pytestmark = [pytest.mark.timeout(max(600, examples(600)))]
TestResidents.settings = settings(
    max_examples=examples(60),
    stateful_step_count=40,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # a story of forty steps is read faster than it is shortened
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_buttons_of_a_menu_are_old_once_the_language_was_changed() -> None:
    """Example of a random run: switching the language replaces the open menu by a new one."""
    state = Residents()
    state.says(who=0, text="menu")
    state.says(who=0, text="bahasa indonesia")
    state.taps(who=0, bubble=1, pick=2)
    state.teardown()


def test_no_alone_puts_off_no_question_for_a_text() -> None:
    """Example of a random run: "tidak sekarang" does, and "sekarang" counted as a word of courtesy."""
    state = Residents()
    state.says(who=0, text="/shop")
    for text in ("1", "Tidak", "2", "belum", "jangan"):
        state.says(who=0, text=text)
    state.teardown()

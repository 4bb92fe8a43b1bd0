"""A model of seats without SQL, transactions or constraints."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.appointments.dayplan import Slot
from domain.office.office import Office

PASSED_ON = timedelta(seconds=120)
Place = tuple[int, int]  # which slot, which seat of it


@dataclass
class Taking:
    """One seat and what it is taken by."""

    kind: str  # held | booked | resting | offered
    until: datetime | None
    who: int | None = None
    id: int = 0

    def lives(self, now: datetime) -> bool:
        return self.until is None or self.until > now


@dataclass
class Appointment:
    """One active appointment of a resident."""

    id: int
    code: str
    place: Place
    hold: int
    sequence: int = 0
    moves: int = 0
    reminders: set[str] = field(default_factory=set)
    to_move: bool = False


@dataclass
class Offered:
    """One live offer; `in_vain` when its person has left the line since."""

    who: int
    place: Place
    until: datetime
    in_vain: bool = False


@dataclass
class Model:
    """A handful of slots and residents, all for one service."""

    office: Office
    slots: list[Slot]
    seats: dict[Place, Taking] = field(default_factory=dict)
    active: dict[int, Appointment] = field(default_factory=dict)
    confirmed: dict[int, int] = field(default_factory=dict)  # hold → booking
    queue: dict[int, tuple[datetime, int]] = field(default_factory=dict)  # since when, and who came first
    arrivals: int = 0
    silences: dict[int, int] = field(default_factory=dict)
    asked: set[tuple[int, int]] = field(default_factory=set)  # who was offered a seat of which slot
    offers: dict[int, Offered] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)

    def live(self, slot: int, now: datetime) -> list[Taking]:
        return [one for (at, _), one in self.seats.items() if at == slot and one.lives(now)]

    def hold_of(self, who: int, slot: int, now: datetime) -> Taking | None:
        mine = (one for one in self.live(slot, now) if one.kind == "held" and one.who == who)
        return next(mine, None)

    def may_hold(self, who: int, slot: int, now: datetime) -> bool:
        if self.slots[slot].starts_at <= now:
            return False
        if self.hold_of(who, slot, now):
            return True
        return slot not in self.closed and len(self.live(slot, now)) < self.slots[slot].seats

    def held(self, hold: int, now: datetime) -> Place | None:
        """Where a hold that is not over has its seat."""
        places = (
            place
            for place, one in self.seats.items()
            if one.id == hold and one.kind == "held" and one.lives(now)
        )
        return next(places, None)

    def hold(self, who: int, place: Place, hold: int, *, until: datetime, now: datetime) -> None:
        there = self.seats.get(place)
        assert there is None or not there.lives(now) or there.id == hold, "somebody's seat was given away"
        for other in [at for at, one in self.seats.items() if one.kind == "held" and one.who == who]:
            del self.seats[other]
        self.seats[place] = Taking("held", until, who, hold)

    def book(self, who: int, hold: int, booking: int, code: str, now: datetime) -> None:
        place = self.held(hold, now)
        assert place is not None
        self.seats[place] = Taking("booked", None, who)
        self.active[who] = Appointment(booking, code, place, hold)
        self.confirmed[hold] = booking
        self._settle(who, now)

    def move(self, who: int, hold: int, reopens: datetime, now: datetime) -> None:
        mine = self.active[who]
        place = self.held(hold, now)
        assert place is not None
        self.seats[mine.place] = Taking("resting", reopens)
        self.seats[place] = Taking("booked", None, who)
        self.confirmed[hold] = mine.id
        mine.place, mine.hold, mine.sequence = place, hold, mine.sequence + 1
        mine.moves += not mine.to_move
        mine.to_move = False
        self._settle(who, now)

    def ends(self, who: int, *, reopens: datetime | None) -> None:
        """The appointment is over; without a moment its seat stays as it is."""
        mine = self.active.pop(who)
        if reopens is not None:
            self.seats[mine.place] = Taking("resting", reopens)

    @property
    def line(self) -> list[int]:
        return sorted(self.queue, key=lambda who: self.queue[who])

    def waits(self, who: int, now: datetime) -> int:
        """Their place in the line, from 1."""
        if who not in self.queue:
            self.arrivals += 1
            self.queue[who] = now, self.arrivals
            self.silences[who] = 0
            self.asked = {one for one in self.asked if one[0] != who}
        return 1 + sum(since < self.queue[who][0] for since, _ in self.queue.values())

    def leaves(self, who: int) -> None:
        self.queue.pop(who, None)
        for one in self.offers.values():
            one.in_vain |= one.who == who

    def answered(self, offer: int, now: datetime) -> Offered:
        """The offer is over without being taken: its seat rests until it can be passed on."""
        over = self.offers.pop(offer)
        there = self.seats.get(over.place)
        if there is not None and there.until is not None and there.kind == "offered":
            there.kind, there.until = "resting", max(there.until, now + PASSED_ON)
        return over

    def silence(self, offer: int, now: datetime) -> None:
        over = self.answered(offer, now)
        if over.in_vain:
            return
        self.silences[over.who] += 1
        if self.silences[over.who] < 2:
            self.queue[over.who] = now, self.queue[over.who][1]
        else:
            self.leaves(over.who)

    def heads(self, slot: int) -> list[int]:
        """Who may be offered a seat of that slot, the longest waiting first."""
        busy = {one.who for one in self.offers.values() if not one.in_vain}
        return [who for who in self.line if who not in busy and (who, slot) not in self.asked]

    def can_be_offered(self, place: Place, now: datetime) -> bool:
        rules = self.office.booking
        earliest = now + timedelta(minutes=rules.lead_minutes, seconds=rules.offer_seconds)
        there = self.seats[place]
        return (
            there.kind == "resting"
            and there.lives(now)
            and place[0] not in self.closed
            and self.slots[place[0]].starts_at >= earliest
        )

    def offer(self, row: int, who: int, place: Place, now: datetime) -> None:
        assert self.can_be_offered(place, now)
        assert self.heads(place[0])[0] == who, "somebody was passed over"
        until = now + timedelta(seconds=self.office.booking.offer_seconds)
        self.offers[row] = Offered(who, place, until)
        self.asked.add((who, place[0]))
        there = self.seats[place]
        assert there.until is not None
        there.kind, there.until = "offered", max(there.until, until + PASSED_ON)

    def sleep(self, now: datetime) -> None:
        """At night what rests goes on resting until the morning, where anybody waits."""
        local = self.office.local(now)
        ends = self.office.quiet.ends
        morning = local.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
        morning += timedelta(days=1) if morning <= local else timedelta(0)
        for one in self.seats.values():
            if self.queue and one.kind == "resting" and one.lives(now) and one.until is not None:
                one.until = max(one.until, morning + PASSED_ON)

    def forget_old_seats(self, now: datetime) -> None:
        over = now - timedelta(minutes=1)
        self.seats = {
            place: one for place, one in self.seats.items() if one.until is None or one.until > over
        }

    def ask_to_move(self, now: datetime) -> None:
        for mine in self.active.values():
            if mine.place[0] in self.closed and self.slots[mine.place[0]].starts_at > now:
                mine.to_move = True

    def _settle(self, who: int, now: datetime) -> None:
        mine = self.active[who]
        starts_at = self.slots[mine.place[0]].starts_at
        mine.reminders = {
            f"{mine.id}:{minutes}:{mine.sequence}"
            for minutes in self.office.booking.remind_minutes
            if starts_at - timedelta(minutes=minutes) > now
        }
        self.leaves(who)

"""Status of a card, by number and proof or from the chat's followed applications."""

from typing import NoReturn

from domain.appointments.calendar import Calendar
from domain.appointments.wishes import WISH
from domain.cards.application import Application, Followed
from domain.cards.stages import Stage
from handlers.cards.followups import (
    ABOUT,
    COMES,
    OTHER,
    PACE,
    WHEN,
    answer,
    follow_up,
    known,
    last_week,
    likely,
    pin_of,
    recall,
    wants_to_come,
)
from handlers.engine.chat import Chat, Choice, Said
from handlers.engine.registry import conversation, first_of
from handlers.shared.calendar import calendar_source
from handlers.shared.forecast import forecast_of, in_short
from handlers.shared.kinds import KIA
from handlers.shared.look_up import ask_how_to_go_on, look_up, tell_not_found, wonders
from handlers.shared.pair import MORE, ask_pair, spot_pair
from handlers.shared.people_list import about_one_of_them, choose_person, likely_person, person_meant
from handlers.shared.report import collects, head_of, is_reason_to_come, report
from storage.cards import applications, forecasts
from storage.people import follows
from storage.people.sittings import Covered
from storage.session import Reading

BOOK = "booking"
_TOLD = frozenset({"", WHEN, "meaning"})
"""Topics that the report answers."""
_TO_RECORD = frozenset({Stage.NOT_RECORDED, Stage.RECORD_FAILED})


@conversation(
    "status",
    command="status",
    label="menu-status",
    words="status-words",
    examples="status-examples",
    spot=spot_pair,
    follow_up=first_of(follow_up, about_one_of_them),
    likely=first_of(likely, likely_person),
    corrects=first_of(wants_to_come, person_meant, wonders),
    recall=recall,
)
async def check_status(chat: Chat) -> None:
    """Tell the status of an application, and offer pushes of every change."""
    topic, recalled = await _recalled(chat)
    application = recalled
    if application is None:
        application, topic = await _from_list(chat)
    application = application or await _by_pair(chat)
    if application is None:
        await _open(chat, await ask_how_to_go_on(chat, "status-after-not-found"))
    if recalled is None and topic in _TOLD:
        await chat.tell(lambda: _report(chat, application))
        await _pin(chat, application)
    else:
        if recalled is None:
            await chat.say("report-head", **head_of(application, chat.office))
        await _answer(chat, application, topic)
    await _go_on(chat, application, first=recalled is None and topic in _TOLD)


async def _recalled(chat: Chat) -> tuple[str, Application | None]:
    """Topic and application of a follow-up question to a card that was shown before; else nothing."""
    if not chat.argument.startswith(ABOUT):
        return "", None
    topic, _, about = chat.argument.removeprefix(ABOUT).partition(":")
    number, words, said = about.partition(":")
    if not number.isdecimal():
        return "", None
    topic += words + said
    found = await chat.learn("recalled", known, application=int(number), chat=chat.id, covered=chat.covered)
    return topic, found


async def _pin(chat: Chat, application: Application) -> None:
    """Show the place on the map, if the card can be fetched there."""
    place = pin_of(application, chat.office) if collects(application, chat.office) else None
    if place is not None:
        await chat.place(place)


async def _answer(chat: Chat, application: Application, topic: str) -> None:
    """Answer a follow-up question about the card; whoever wants to come for a recording needs an appointment."""
    if topic.startswith(COMES) and _to_record(application):
        await chat.open(BOOK, f"{WISH}{topic.removeprefix(COMES).removeprefix(':')}")

    async def told() -> list[Said]:
        first, last = last_week(chat.office.today(chat.now))
        printed = await chat.read(forecasts.printed_between, first=first, last=last) if topic == PACE else 0
        forecast = None
        if topic == WHEN:
            forecast = await chat.read(forecast_of, application=application, office=chat.office)
        calendar = await chat.read(calendar_source(chat).calendar)
        return answer(topic, application, calendar, chat.now, printed, forecast)

    await chat.tell(told)
    placed = topic == "where" or (topic.startswith(COMES) and collects(application, chat.office))
    place = pin_of(application, chat.office) if placed else None
    if place is not None:
        await chat.place(place)


async def _report(chat: Chat, application: Application) -> list[Said]:
    """Text of the status; closures are loaded only if it says when to come."""
    calendar = Calendar(office=chat.office)
    if is_reason_to_come(application, chat.office):
        calendar = await chat.read(calendar_source(chat).calendar)
    forecast = await chat.read(forecast_of, application=application, office=chat.office)
    return report(application, calendar, chat.now, forecast=[*in_short(forecast, application)])


async def _from_list(chat: Chat) -> tuple[Application | None, str]:
    """An application chosen from the list, and what was asked about it; none: the list is empty, or another number is wanted."""
    asks_anew = bool(chat.given) or chat.argument == OTHER
    people = await chat.learn("list", list_shown, chat=chat.id, hidden=asks_anew, covered=chat.covered)
    if not people:
        return None, ""
    other = Choice(OTHER, "status-other", hint="status-other-hint")
    chosen, topic = await choose_person(chat, "status-whose", people, other)
    if chosen == OTHER:
        return None, ""
    found = await chat.repeat("look-up-followed", applications.of_follower, application=chosen, chat=chat.id)
    return found, topic


async def list_shown(db: Reading, *, chat: int, hidden: bool, covered: Covered) -> list[Followed]:
    """The chat's list as far as covered; empty if it must stay hidden."""
    return [] if hidden else await follows.followed_by(db, chat=chat, covered=covered)


async def _by_pair(chat: Chat) -> Application | None:
    """Ask for number and proof; None alike for an unknown number and a wrong proof."""
    number, proof = await ask_pair(chat)
    application = await look_up(chat, number, proof)
    if chat.given.pop(MORE, None) is not None:
        await chat.say("status-one-at-a-time", number=str(number))
    if application is None:
        await tell_not_found(chat, proof)
    return application


async def _go_on(chat: Chat, application: Application, *, first: bool) -> None:
    """Offer next steps: news of this card, an appointment or another number, an officer."""
    other = Choice(OTHER, "status-other", hint="status-other-hint")
    offers = [
        Choice(BOOK, "menu-booking") if _to_record(application) else other,
        Choice("officer", "menu-officer", hint="menu-officer-hint"),
    ]
    silent = application.followed and chat.stopped
    can_follow = not application.final and (silent or not application.followed)
    if silent and first:
        await chat.say("status-news-stopped")
    if can_follow:
        offers.insert(0, Choice("follow", "status-follow"))
    elif application.followed:
        offers.insert(0, Choice("unfollow", "status-unfollow"))
    chosen = await _choose(chat, application, offers, offer=can_follow, first=first)
    if chosen == "follow":
        await _follow(chat, application)
    elif chosen == "unfollow":
        await _unfollow(chat, application)
    elif chosen == BOOK:
        await chat.open(BOOK, str(application.id))
    else:
        await _open(chat, chosen)


def _to_record(application: Application) -> bool:
    """Whether the next step is a recording, which no child card needs."""
    return application.stage in _TO_RECORD and application.service != KIA


async def _choose(
    chat: Chat, application: Application, offers: list[Choice], *, offer: bool, first: bool
) -> str:
    """Ask for the next step; a follow-up question is answered, and the same choices are shown in short."""
    chosen: str
    changes = offer and not collects(application, chat.office)  # a card to fetch has no news to come
    if first:
        chosen = await chat.choose("status-next", offers, offer=offer, again=chat.again)
    else:
        chosen = await chat.choose("status-next-again", offers, offer=changes)
    while chosen.startswith(ABOUT):
        await _answer(chat, application, chosen.removeprefix(ABOUT))
        chosen = await chat.choose("status-next-again", offers, offer=changes)
    return chosen


async def _follow(chat: Chat, application: Application) -> None:
    resumed = await chat.once(
        "follow",
        follows.follow,
        chat=chat.id,
        application=application.id,
        told=application.standing,
        channel=chat.caps.channel,
    )
    await chat.say("status-following-resumed" if resumed else "status-following")


async def _unfollow(chat: Chat, application: Application) -> None:
    if await chat.confirm("status-unfollow-sure", name=application.name, number=application.number):
        await chat.once("unfollow", follows.unfollow, chat=chat.id, application=application.id)
        await chat.say("status-unfollowed")
    else:
        await chat.say("status-kept")


async def _open(chat: Chat, chosen: str) -> NoReturn:
    if chosen == OTHER:
        await chat.open("status", OTHER)
    await chat.open(chosen)

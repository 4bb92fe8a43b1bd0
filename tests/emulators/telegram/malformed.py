"""Updates that the client libraries cannot parse, as Telegram sends them when it is newer than the library."""

from tests.emulators.telegram.resident import Resident
from tests.emulators.telegram.updates import Waiting


def unknown_forward_origin(person: Resident, text: str = "diteruskan") -> Waiting:
    """A message forwarded from a kind of place that no library knows yet."""
    world = person.telegram.world
    origin = {"type": "hologram", "date": world.now, "sender_hologram": {"id": 1}}
    message = world.new_message(person.chat, person.person, text=text, forward_origin=origin)
    return person.telegram.inject({"message": message})


def odd_beside_its_text(person: Resident, text: str = "diteruskan") -> Waiting:
    """A message with a text, beside which a caption is no text."""
    message = person.telegram.world.new_message(
        person.chat, person.person, text=text, caption={"hologram": 1}
    )
    return person.telegram.inject({"message": message})


def missing_field(person: Resident, field: str = "chat") -> Waiting:
    """A message without a required field."""
    message = dict(person.telegram.world.new_message(person.chat, person.person, text="halo"))
    del message[field]
    return person.telegram.inject({"message": message})


def wrong_type(person: Resident) -> Waiting:
    """A message whose text is no text."""
    message = person.telegram.world.new_message(person.chat, person.person, text={"words": ["halo"]})
    return person.telegram.inject({"message": message})


def unknown_kind(person: Resident) -> Waiting:
    """An update of a kind that did not exist when the library was written."""
    return person.telegram.inject({"thought": {"id": "1", "from": person.person, "text": "halo"}})


def empty(person: Resident) -> Waiting:
    """An update that holds its number and nothing else."""
    return person.telegram.inject({})

"""Officers at the counter, as the tests of their chats need them."""

from domain.staff.roles import Role
from storage.audit import SYSTEM
from storage.staff import staff
from tests.conversations.appointments import picture_of
from tests.support.counter import Counter
from tests.support.resident import Resident


async def officer(
    counter: Counter,
    name: str = "Wulan",
    *,
    role: Role = Role.OFFICER,
    point: str | None = None,
    channel: str = "telegram",
) -> Resident:
    """Somebody whose chat is a staff chat."""
    code = await counter.store.write(
        lambda db: staff.invite(db, name=name, role=role, point=point, actor=SYSTEM)
    )
    who = counter.resident(name, channel=channel)
    await who.sends(text=f"/staf {code}")
    return who


def ticket_photo(resident: Resident) -> bytes:
    """The picture of the ticket on the newest screen, as somebody shows it at the counter."""
    assert picture_of(resident)
    return next(file.data for file in resident.screen.files if file.mime == "image/png")

"""Officers: in a staff chat, where they are residents with more rights, and at the console."""

import csv
import io
import re
from dataclasses import dataclass

import httpx

from domain.staff.roles import Role
from storage.audit import SYSTEM
from storage.staff import staff
from tests.conversations.appointments.steps import picture_of
from tests.support.counter import Counter
from tests.support.resident import Resident

_STAMP = r'action="{action}"[^>]*>\s*<input type="hidden" name="csrf" value="([^"]+)"'


async def officer(
    counter: Counter,
    name: str = "Wulan",
    *,
    role: Role = Role.OFFICER,
    point: str | None = None,
    channel: str = "telegram",
) -> Resident:
    """An officer with a staff chat."""
    point = point and counter.place.point(point)
    code = await counter.store.write(
        lambda db: staff.invite(db, name=name, role=role, point=point, actor=SYSTEM)
    )
    who = counter.resident(name, channel=channel)
    await who.sends(text=f"/staf {code}")
    return who


def ticket_photo(resident: Resident) -> bytes:
    """Picture of the ticket on the newest screen, as shown at the counter."""
    assert picture_of(resident)
    return next(file.data for file in resident.screen.files if file.mime == "image/png")


def table(answer: httpx.Response) -> list[dict[str, str]]:
    """Rows of a downloaded file, which an Indonesian spreadsheet opens in columns."""
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))


@dataclass
class Officer:
    """An officer at the console, with a browser that keeps cookies and sends displayed forms."""

    http: httpx.AsyncClient

    async def log_in(self, code: str) -> httpx.Response:
        page = await self.http.get("/staf")
        form = re.search(r'name="form" value="([^"]+)"', page.text)[1]
        return await self.http.post("/staf", data={"form": form, "code": code})

    async def opens(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers={"accept": "text/html"})

    async def stamp(self, page: str, action: str) -> str:
        """Stamp of a page's form for an address."""
        shown = await self.opens(page)
        found = re.search(_STAMP.format(action=re.escape(action)), shown.text)
        assert found, f"{page} has no form for {action}: {shown.text}"
        return found[1]

    async def sends_anyway(self, action: str, **fields: object) -> httpx.Response:
        """Send a form that was never displayed."""
        return await self.http.post(action, data={"csrf": "a.b", **fields})

    async def sends(self, page: str, action: str, **fields: object) -> httpx.Response:
        """Fill in and send a page's form for an address."""
        files = fields.pop("files", None)
        data = {"csrf": await self.stamp(page, action), **fields}
        return await self.http.post(action, data=data, files=files)

"""After somebody leaves a shared browser, no tab shows anything of theirs."""

import json

from handlers.engine.screen import File, Screen
from tests.web.conftest import Site, frame

SRI = "loket=" + "s" * 43
TICKET = Screen(text="Tiket", files=(File(name="tiket.png", mime="image/png", data=b"\x89PNG"),))


async def say(tab, name: str, **message: object) -> None:
    await tab.send(json.dumps({"id": name, **message}))


async def test_leaving_in_one_tab_clears_the_paper_of_the_others(site: Site):
    async with site.chat(SRI) as one, site.chat(SRI) as other:
        await say(one, "m1", left=True)
        assert await frame(other, "left") == {"op": "left"}
        await say(one, "m2", text="halo")
        heard = [await frame(one, "heard"), await frame(one, "heard")]
    assert [one["id"] for one in heard] == ["m1", "m2"], "the tab that left is told nothing of it"


async def test_a_ticket_is_given_no_more_after_its_owner_left(site: Site):
    site.office.answer = lambda heard: TICKET
    async with site.chat(SRI) as tab, site.client() as http:
        await say(tab, "m1", text="tiket")
        url = (await frame(tab, "file"))["url"]
        site.office.same_person = False
        assert (await http.get(url, headers={"Cookie": SRI})).status_code == 404


async def test_a_returning_tab_shows_nothing_of_the_earlier_person(site: Site):
    async with site.chat(SRI) as tab:
        await say(tab, "m1", text="status")
        first = await frame(tab)
        await say(tab, "m2", text="jadwal")
        await frame(tab)
    site.office.same_person = False
    async with site.chat(SRI, query=f"?after={first['id']}") as back:
        assert json.loads(await back.recv())["op"] == "ready"


async def test_what_names_nobody_is_shown_again_to_whoever_comes(site: Site):
    async with site.chat(SRI) as tab:
        await say(tab, "m1", text="status")
        first = await frame(tab)
        await site.office.say(site.office.heard[0].address, Screen(text="kabar baru", veiled=True))
        await frame(tab)
    site.office.same_person = False
    async with site.chat(SRI, query=f"?after={first['id']}") as back:
        assert (await frame(back))["text"] == "kabar baru"

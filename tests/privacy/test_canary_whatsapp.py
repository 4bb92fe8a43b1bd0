"""The canary on WhatsApp: sixteen digits typed anyway, a name and a number are found nowhere in what the office keeps or sends."""

import json
from pathlib import Path

import httpx

from bot.setup.clock import wall_clock
from demo.whatsapp_emulator import APP_SECRET, NUMBER_ID, TOKEN, VERIFY_TOKEN, Graph
from tests.privacy.test_canary import CANARY, SECRETS, WRONG_NIK, everything_in, imported
from tests.torture.processes import Loket

PHONE = "6281298760123"
NUMBER = CANARY["no_registrasi"]


async def on_whatsapp(graph: Graph) -> None:
    sri = graph.resident(CANARY["nama"], phone=PHONE, user_id="ID.canary98760123")
    for text, answer in [
        ("status", "nomor registrasi"),
        (NUMBER, "4 angka"),
        (WRONG_NIK, "tidak ditemukan"),
        (f"{NUMBER} {CANARY['nik']}", "siap diambil"),
        ("rahasia sekali 7431", "pilih"),
    ]:
        await (await sri.says(text)).confirmed(within=60)
        await sri.hears(answer, within=60)
    await sri.taps("Kabari saya")
    await sri.hears("kabari", within=60)
    broken = {
        "entry": [{"changes": [{"value": {"messages": [{"text": "rahasia sekali 7431", "from": PHONE}]}}]}]
    }
    assert await graph.deliveries.post(json.dumps(broken).encode()) == 200
    assert await graph.deliveries.post(b'{"rahasia sekali 7431', signature="sha256=00") == 401


async def test_what_was_typed_on_whatsapp_is_found_nowhere(tmp_path: Path) -> None:
    async with Graph(clock=wall_clock()) as graph:
        settings = {
            "LOKET_WHATSAPP_TOKEN": TOKEN,
            "LOKET_WHATSAPP_PHONE_NUMBER_ID": NUMBER_ID,
            "LOKET_WHATSAPP_APP_SECRET": APP_SECRET,
            "LOKET_WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
            "LOKET_WHATSAPP_API_BASE": graph.api_base,
        }
        database = f"sqlite+aiosqlite:///{tmp_path}/loket.db"
        async with Loket(folder=tmp_path, database_url=database, settings=settings) as loket:
            graph.deliveries.url = f"{loket.url}/whatsapp/webhook"
            imported(tmp_path, loket, "READY_FOR_PICKUP")
            await on_whatsapp(graph)
            async with httpx.AsyncClient(trust_env=False) as http:
                metrics = (await http.get(f"{loket.url}/metrics")).text
            await loket.is_killed()  # the write-ahead log stays where it is
            kept = everything_in(tmp_path)
        kept["metrics"] = metrics.encode()
        kept["what was sent"] = "".join(call.text for call in graph.journal.calls()).encode()
    assert b"siap diambil" in kept["what was sent"], "the search finds what is there"
    assert any(NUMBER.encode() in content for content in kept.values())
    secrets = [*SECRETS, PHONE, "canary98760123", TOKEN, APP_SECRET, loket.key]
    found = [
        (name, secret) for name, content in kept.items() for secret in secrets if secret.encode() in content
    ]
    assert found == []

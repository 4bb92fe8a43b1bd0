"""P6: the first answers fit a small phone on every channel, measured on what the channel really shows."""

import html
import re
import textwrap

import pytest

from bot.telegram.render import render as on_telegram
from bot.whatsapp.render import render as on_whatsapp
from domain.cards.stages import Stage
from locales.texts import LANGUAGES
from tests.conversations.appointments.steps import proof
from tests.support.people import SRI, row

CHANNELS = pytest.mark.parametrize("channel", ["telegram", "web", "whatsapp"])
COLUMNS = 38
STATUS_LINES, START_LINES = 22, 16


def shown_text(resident) -> str:
    """The text of the newest bubble as its channel shows it, with choices that are repeated in it."""
    screen, caps = resident.screen, resident.phone.caps
    if caps.channel == "telegram":
        found = [one.params["text"] for one in on_telegram(screen, caps) if "text" in one.params]
        return html.unescape(re.sub(r"<[^>]+>", "", "\n".join(found)))
    if caps.channel == "whatsapp":
        content = [one.content for one in on_whatsapp(screen, caps)]
        return "\n".join(
            str(one["body"]["text"] if "type" in one else one["body"]) for one in content if "body" in one
        )
    return screen.text if screen.place is None else f"{screen.text}\n\n{screen.place.line}"


def wrapped(text: str) -> int:
    """Number of lines at 38 columns, with words kept whole; marks of bold words are not seen."""
    lines = re.sub(r"\*(?=\S)|(?<=\S)\*", "", text).strip().split("\n")
    return sum(len(textwrap.wrap(line, COLUMNS)) or 1 for line in lines)


@CHANNELS
@pytest.mark.thorough
@pytest.mark.parametrize("tongue", LANGUAGES)
async def test_every_status_answer_has_at_most_22_lines(counter, tongue, channel):
    sri = counter.resident("Sri", channel=channel)
    await sri.says(f"/bahasa {tongue}")
    long = {}
    for service in [one.id for one in counter.office.services]:
        for stage in Stage:
            note = "fotokopi KK" if stage in ("DOCS_INCOMPLETE", "REJECTED", "CANCELLED") else ""
            await counter.imports(
                row(SRI, stage, layanan=service, catatan=note, tanggal_lengkap="2026-11-10")
            )
            await sri.says("menu")  # else the third answer alike says more
            await sri.asks(SRI, proof(sri, SRI))
            text = shown_text(sri)
            if wrapped(text) > STATUS_LINES:
                long[service, str(stage)] = wrapped(text), text
    assert not long, "\n\n".join(f"{key}: {lines}\n{text}" for key, (lines, text) in long.items())


@CHANNELS
@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.first_office
async def test_so_has_the_first_one_with_the_notice_before_it(counter, tongue, channel):
    long = {}
    for stage in Stage:
        await counter.imports(row(SRI, stage, layanan="ktp_ubah", tanggal_lengkap="2026-11-10"))
        sri = counter.resident(f"Sri {stage}", channel=channel)
        await counter.speaks(sri, tongue)
        await sri.asks(SRI, proof(sri, SRI))
        sri.hears("hapusdata")
        text = shown_text(sri)
        if wrapped(text) > STATUS_LINES:
            long[str(stage)] = wrapped(text), text
    assert not long, "\n\n".join(f"{key}: {lines}\n{text}" for key, (lines, text) in long.items())


@CHANNELS
@pytest.mark.parametrize("tongue", LANGUAGES)
async def test_the_start_has_at_most_16_lines(counter, tongue, channel):
    sri = counter.resident("Sri", channel=channel)
    await counter.speaks(sri, tongue)
    for _ in range(2):
        await sri.says("/start")
        text = shown_text(sri)
        assert wrapped(text) <= START_LINES, f"{wrapped(text)}\n{text}"

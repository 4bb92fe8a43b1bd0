"""`loket demo`: the whole office on this machine, with an invented register."""

import asyncio
import logging
import socket

import typer

from bot.app import Running, run
from bot.setup.exits import Stop
from bot.setup.logs import set_up_logs
from bot.setup.loops import run_office
from bot.setup.office_file import load_office
from bot.setup.settings import Settings, load_settings
from demo.filling import APPROVER, OFFICER, YOU, Ready, demo_vault, prepare, throw_away
from demo.speaking import RECORDINGS
from domain.cards.stages import Stage

HOST = "127.0.0.1"
_MEANING = {
    Stage.READY_FOR_PICKUP: "the card is ready",
    Stage.WAITING_BLANK: "waiting for a blank card",
    Stage.NOT_RECORDED: "to be recorded: book a time",
}

_LOOK_AT = {
    YOU: "admin: everything, also staff and audit",
    APPROVER: "approver: an announcement and cases wait",
    OFFICER: "officer of one point: today's people, and a talk in progress",
}


def start(*, port: int, fresh: bool, whatsapp_emulator: bool = False) -> None:
    """Fill the database if it is empty, run, and print what to try, until a signal.

    Raises:
        Stop, BadSetting, BadOffice, StoreDown: the demo cannot start.
    """
    settings = load_settings()
    if settings.voice_folder is None:
        settings = settings.model_copy(update={"voice_folder": RECORDINGS})
    office = load_office(settings.office)
    vault = demo_vault(settings)
    set_up_logs(level=logging.getLevelName(logging.WARNING))
    _check_port(port)
    if whatsapp_emulator:
        _check_port(port + 1)
    if fresh:
        throw_away(settings)
    typer.echo("Making up an office …")
    filled = asyncio.run(prepare(settings, vault, office))

    async def serve(settings: Settings, phone: str | None) -> None:
        def ready(running: Running) -> None:
            stale = filled.day != office.today(running.store.clock())
            typer.echo(_welcome(settings, filled, port=port, stale=stale, phone=phone))

        await run(settings, listen=f"{HOST}:{port}", vault=vault, ready=ready)

    async def serve_with_phone() -> None:
        from demo.whatsapp import emulated

        async with emulated(settings, office=f"{HOST}:{port}", zone=office.timezone, port=port + 1) as phone:
            await serve(phone.settings, phone.address)

    run_office(serve_with_phone() if whatsapp_emulator else serve(settings, None))


def _check_port(port: int) -> None:
    """Check the port first, before touching anything of a demo that may be running there."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((HOST, port))
        except OSError:
            raise Stop(f"Port {port} is taken; choose another: loket demo --port {port + 1}") from None


def _welcome(settings: Settings, filled: Ready, *, port: int, stale: bool, phone: str | None) -> str:
    lines = [
        "",
        f"Web chat       http://{HOST}:{port}/",
        "               ask for a card by registration number and NIK (all made up):",
        *(f"               {pair.number}   {pair.nik}   {_MEANING[pair.stage]}" for pair in filled.samples),
        f"Staff          http://{HOST}:{port}/staf   (each code works once, there or as /staf CODE in the chat)",
        *(
            f"{'' if place else 'Staff code':15}{code}   {name}, {_LOOK_AT[name]}"
            for place, (name, code) in enumerate(filled.codes.items())
        ),
        f"Telegram       {'on' if settings.telegram_token else 'off; set LOKET_TELEGRAM_TOKEN and start again'}",
        f"WhatsApp       {_whatsapp(settings, phone)}",
        "",
        "Ctrl+C stops it.",
    ]
    if stale:
        lines.insert(-1, "The register is of an earlier day; loket demo --fresh makes a new one.")
    return "\n".join(lines)


def _whatsapp(settings: Settings, phone: str | None) -> str:
    if phone is not None:
        return f"{phone}   (a phone in the browser; there the last four digits of the NIK are enough)"
    if settings.whatsapp_token is not None:
        return "on"
    return "off; start with --whatsapp-emulator to see it without Meta"

"""The measured bots, and how each is started."""

import asyncio
import base64
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import process, register, residents
from benchmarks.botapi import BotApi, Webhook
from benchmarks.cloudapi import NUMBER_ID, CloudApi, SignedWebhook, incoming

TOKEN = "42:" + "benchmark" * 4
SECRET = "benchmark-secret"
BASELINES = "benchmarks.baselines."
GRAMMY = Path(__file__).parent / "baselines" / "grammy"


@dataclass(frozen=True, slots=True)
class Bot:
    """One bot in one configuration. `key` is its name on the command line."""

    key: str
    title: str
    module: str
    script: Callable[[register.Entry], residents.Script] = residents.status_script
    flags: tuple[str, ...] = ()
    channel: str = "telegram"


BOTS = (
    Bot("a", "(a) aiogram echo, outgoing", BASELINES + "aiogram_echo", residents.echo_script),
    Bot("loket", "Loket, outgoing", "loket", flags=("--outgoing",)),
    Bot("b", "(b) aiogram FSM + ORM, outgoing", BASELINES + "aiogram_status"),
    Bot("c", "(c) python-telegram-bot + ORM, outgoing", BASELINES + "ptb_status"),
    Bot("g", "(g) grammY echo on Node.js, outgoing", "grammy", residents.echo_script),
    Bot("ai", "(a) aiogram echo, inline", BASELINES + "aiogram_echo", residents.echo_script, ("--inline",)),
    Bot("loketi", "Loket, first call inline", "loket"),
    Bot("wa", "Loket, WhatsApp", "loket", residents.whatsapp_script, channel="whatsapp"),
    Bot(
        "was",
        "Loket, WhatsApp, three statuses a message",
        "loket",
        residents.whatsapp_script,
        ("--statuses",),
        "whatsapp",
    ),
    Bot("bi", "(b) aiogram FSM + ORM, inline", BASELINES + "aiogram_status", flags=("--inline",)),
    Bot("au", "(a) with uvloop, outgoing", BASELINES + "aiogram_echo", residents.echo_script, ("--uvloop",)),
    Bot(
        "aiu",
        "(a) with uvloop, inline",
        BASELINES + "aiogram_echo",
        residents.echo_script,
        ("--inline", "--uvloop"),
    ),
)


@dataclass(slots=True)
class Running:
    """A started bot with its residents."""

    bot: Bot
    process: subprocess.Popen[bytes]
    town: residents.Town
    webhook: Webhook
    server: asyncio.Server
    log: Path
    calls: dict[str, int] = field(default_factory=dict)

    @property
    def pid(self) -> int:
        return self.process.pid

    async def close(self) -> None:
        self.webhook.close()
        await process.stop(self.process)
        self.server.close()


async def start(
    bot: Bot, *, folder: Path, people: int, thinking: tuple[float, float] = residents.THINKING_SECONDS
) -> Running:
    """Start the bot on the other core, with its own Bot API, on a register of `people` applications."""
    port, calls = process.free_port(), {}
    town = residents.Town(bot.script, people, thinking)
    loop = asyncio.get_running_loop()
    webhook, provider = platform(bot, port, town, calls)
    server = await loop.create_server(provider, "127.0.0.1", 0)
    api = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    log = folder / f"{bot.key}.log"
    if bot.module == "loket":
        command, env = loket(bot, port=port, api=api, folder=folder)
        child = process.spawn(command, log=log, env=env)
    elif bot.module == "grammy":
        child = process.spawn(grammy(folder, port=port, api=api), log=log, program="node")
    else:
        child = process.spawn(baseline(bot, port=port, api=api, folder=folder), log=log)
    try:
        await process.listening(child, port, log)
        if isinstance(webhook, SignedWebhook):
            await webhook.until_heard()
        elif bot.module == "loket":  # its port is open before its channels are ready
            await registered(child, calls, log)
    except BaseException:
        child.kill()
        raise
    town.post = webhook.post
    return Running(bot, child, town, webhook, server, log, calls)


def platform(
    bot: Bot, port: int, town: residents.Town, calls: dict[str, int]
) -> tuple[Webhook, Callable[[], asyncio.Protocol]]:
    """The webhook client, and the API server of the bot's calls."""
    if bot.channel == "telegram":
        return Webhook(port, SECRET, town.heard, calls), lambda: BotApi(town.heard, calls)
    webhook = SignedWebhook(port, SECRET, town.heard, calls)
    town.write = incoming
    posts = webhook.post if "--statuses" in bot.flags else None
    return webhook, lambda: CloudApi(town.heard, calls, posts)


async def registered(child: subprocess.Popen[bytes], calls: dict[str, int], log: Path) -> None:
    async with asyncio.timeout(60):
        while "setWebhook" not in calls:
            if child.poll() is not None:
                raise RuntimeError(f"it ended with {child.returncode}:\n{process.last_words(log)}")
            await asyncio.sleep(0.1)


def baseline(bot: Bot, *, port: int, api: str, folder: Path) -> list[str]:
    options = {"--port": str(port), "--api": api, "--token": TOKEN, "--secret": SECRET}
    options["--database"] = f"sqlite+aiosqlite:///{folder / 'baseline.db'}"
    return ["-m", bot.module, *(word for pair in options.items() for word in pair), *bot.flags]


def knows_node() -> bool:
    return shutil.which("node") is not None and shutil.which("npm") is not None


def grammy(folder: Path, *, port: int, api: str) -> list[str]:
    """Install grammY as its lock file says, and say how its bot is started."""
    place = folder / "grammy"
    if not place.exists():
        shutil.copytree(GRAMMY, place)
        subprocess.run(["npm", "ci", "--silent", "--ignore-scripts"], cwd=place, check=True)
    return [str(place / "echo.js"), str(port), api, TOKEN, SECRET]


def loket_settings(database: Path) -> dict[str, str]:
    return {
        "LOKET_DATABASE_URL": f"sqlite+aiosqlite:///{database}",
        "LOKET_SECRET_KEY": base64.b64encode(b"benchmark-benchmark-benchmark-be").decode(),
    }


def loket(bot: Bot, *, port: int, api: str, folder: Path) -> tuple[list[str], dict[str, str]]:
    """Loket in a usual configuration, on its own copy of the prepared register."""
    database = folder / f"{bot.key}.db"
    copy_database(folder / "register.db", database)
    env = loket_settings(database) | {
        "LOKET_LISTEN": f"127.0.0.1:{port}",
        "LOKET_PUBLIC_URL": f"https://127.0.0.1:{port}",
        **(whatsapp_settings(api) if bot.channel == "whatsapp" else telegram_settings(api)),
    }
    module = "benchmarks.loket_outgoing" if "--outgoing" in bot.flags else "bot"
    return ["-m", module, "run", "--only", bot.channel], env


def telegram_settings(api: str) -> dict[str, str]:
    return {
        "LOKET_TELEGRAM_TOKEN": TOKEN,
        "LOKET_TELEGRAM_API_BASE": api,
        "LOKET_TELEGRAM_MODE": "webhook",
        "LOKET_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "LOKET_TELEGRAM_RATE": "100000",
    }


def whatsapp_settings(api: str) -> dict[str, str]:
    return {
        "LOKET_WHATSAPP_TOKEN": TOKEN,
        "LOKET_WHATSAPP_PHONE_NUMBER_ID": NUMBER_ID,
        "LOKET_WHATSAPP_APP_SECRET": SECRET,
        "LOKET_WHATSAPP_VERIFY_TOKEN": SECRET,
        "LOKET_WHATSAPP_API_BASE": api,
        "LOKET_WHATSAPP_RATE": "100000",
    }


def copy_database(source: Path, target: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    old, new = sqlite3.connect(source), sqlite3.connect(target)
    with new:
        old.backup(new)
    old.close()
    new.close()


def fill_baseline(path: Path, people: int) -> None:
    """Fill the register of the ORM baselines."""
    from sqlalchemy import create_engine

    from benchmarks.baselines.model import Base

    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    engine.dispose()
    rows = (
        (index + 1, one.number, one.nik, one.name, one.stage, one.row[5], one.row[8])
        for index, one in enumerate(register.entries(0, people))
    )
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.executemany(
            "INSERT INTO applications (id, number, nik, name, stage, stage_on, point) VALUES (?,?,?,?,?,?,?)",
            rows,
        )

"""`python -m tests.emulators.telegram --port 8081`: the emulator as a process, with a chat on the terminal.

Point a bot at it (LOKET_TELEGRAM_API_BASE, LOKET_TELEGRAM_TOKEN) and type as a resident; `:2` taps the second button.
"""

import argparse
import asyncio
import contextlib
import signal
import sys

from tests.emulators.telegram import TOKEN, Resident, Telegram


async def main() -> None:
    wishes = _arguments()
    async with Telegram(port=wishes.port, token=wishes.token) as telegram, asyncio.TaskGroup() as tasks:
        if wishes.limits:
            telegram.rates.enforce()
        print(f"LOKET_TELEGRAM_API_BASE={telegram.api_base}", flush=True)
        print(f"LOKET_TELEGRAM_TOKEN={telegram.token}", flush=True)
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        running = []
        if sys.stdin.isatty():
            sri = telegram.resident(wishes.name)
            running = [tasks.create_task(_show(sri)), tasks.create_task(_type(sri, stop))]
        await stop.wait()
        for task in running:
            task.cancel()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.emulators.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--name", default="Sri Wahyuni", help="who types on the terminal")
    parser.add_argument("--limits", action="store_true", help="refuse what is faster than Telegram allows")
    return parser.parse_args()


async def _show(person: Resident) -> None:
    while True:
        bubble = await person.hears(within=1e9)
        print(f"\n{bubble.text}")
        for number, label in enumerate(bubble.labels, 1):
            print(f"   :{number} [{label}]")


async def _type(person: Resident, stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := (await lines.readline()).decode().strip():
        if line.startswith(":") and line[1:].isdigit():
            with contextlib.suppress(IndexError, StopIteration):
                await person.taps(person.last.labels[int(line[1:]) - 1], on=person.last)
        else:
            await person.says(line)
    stop.set()


if __name__ == "__main__":
    asyncio.run(main())

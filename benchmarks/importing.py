"""`loket import` of a large file while residents are being answered."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bots, register, registers
from benchmarks.residents import Tally

MESSAGES_PER_SECOND = 20


@dataclass(frozen=True, slots=True)
class Imported:
    """Results of the import and of the residents."""

    rows: int
    finished: registers.Finished
    again: registers.Finished
    before: Tally
    during: Tally


async def while_answering(bot: bots.Bot, *, folder: Path, people: int, rows: int) -> Imported:
    """Import new rows, and the same file again, while a bot answers 20 messages per second."""
    running = await bots.start(bot, folder=folder, people=people)
    try:
        database = folder / f"{bot.key}.db"
        log = folder / "import.log"
        file = register.write_csv(folder / "import.csv", people, people + rows)
        await running.town.crowd(20, 2, asyncio.sleep)
        before = await running.town.stroll(MESSAGES_PER_SECOND, 5)
        during, (finished, again) = await beside(running, file, database, log)
        return Imported(rows, finished, again, before, during)
    finally:
        await running.close()


async def beside(
    running: bots.Running, file: Path, database: Path, log: Path
) -> tuple[Tally, tuple[registers.Finished, registers.Finished]]:
    """Send residents' messages until both imports are done."""
    done = asyncio.Event()

    async def twice() -> tuple[registers.Finished, registers.Finished]:
        try:
            first = await registers.run(["import", str(file)], database=database, log=log, core=None)
            return first, await registers.run(["import", str(file)], database=database, log=log, core=None)
        finally:
            done.set()

    async with asyncio.TaskGroup() as group:
        imports = group.create_task(twice())
        whole = Tally()
        while not done.is_set():
            part = await running.town.stroll(MESSAGES_PER_SECOND, 1)
            whole.seconds += part.seconds
            whole.conversations += part.conversations
            whole.wrong += part.wrong
            whole.samples += part.samples
    return whole, imports.result()


def table(one: Imported) -> str:
    return "\n".join(
        [
            "| import | s | rows/s | CPU s | peak MB | exit |",
            "|---" * 6 + "|",
            row(f"{one.rows:,} new rows", one.rows, one.finished),
            row("the same file again", one.rows, one.again),
            "",
            "| answers beside it | p50 ms | p99 ms | worst ms | right |",
            "|---" * 5 + "|",
            answers("before", one.before),
            answers("during both imports", one.during),
        ]
    )


def row(title: str, rows: int, finished: registers.Finished) -> str:
    pace = rows / finished.seconds
    used = f"{finished.cpu_seconds:.1f} | {finished.peak_mb:.0f}"
    return f"| {title} | {finished.seconds:.1f} | {pace:,.0f} | {used} | {finished.status} |"


def answers(title: str, tally: Tally) -> str:
    right = f"{tally.conversations} of {tally.conversations + tally.wrong}"
    return f"| {title} | {tally.percentile(50):.1f} | {tally.percentile(99):.1f} | {tally.longest:.0f} | {right} |"

"""`python -m benchmarks [race] [webhooks] [lookup] [import] [index] [overview] [seats] [pace] [start] [offices] [instructions] [api]`: every part without a name, or the named ones."""

import argparse
import sys
import tempfile
from pathlib import Path

import uvloop

from benchmarks import (
    api,
    bots,
    footprint,
    importing,
    instructions,
    lookup,
    offices,
    overview,
    pace,
    process,
    race,
    registers,
    satisfaction,
    seats,
    table,
    webhooks,
)

PARTS = (
    "race",
    "webhooks",
    "lookup",
    "import",
    "index",
    "overview",
    "seats",
    "pace",
    "start",
    "offices",
    "instructions",
    "api",
)
QUICK = race.Size(people=500, rounds=1, in_flight=4, seconds=0.5, rate_seconds=0.5, thinking=(0.05, 0.1))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument(
        "--quick", action="store_true", help="a smoke run of seconds; its figures mean nothing"
    )
    parser.add_argument("--only", help="race these: " + ",".join(bot.key for bot in bots.BOTS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ten-million", action="store_true", help="look up in 10,000,000 applications, too")
    parser.add_argument("--keep", type=Path, help="keep prepared registers in this folder for the next run")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return asked


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def show(title: str, text: str) -> None:
    print(f"\n## {title}\n\n{text}", flush=True)


async def main(asked: argparse.Namespace) -> int:
    process.stay_on(process.OUR_CORE)
    size = QUICK if asked.quick else race.Size(rounds=asked.rounds)
    parts = {
        "race": run_race,
        "webhooks": run_webhooks,
        "lookup": run_lookup,
        "import": run_import,
        "seats": run_seats,
        "pace": run_pace,
        "index": run_index,
        "overview": run_overview,
        "start": run_start,
        "offices": run_offices,
        "instructions": run_instructions,
        "api": run_api,
    }
    right = True
    with tempfile.TemporaryDirectory(prefix="loket-bench-") as name:
        folder = Path(name)
        for part in asked.parts or [part for part in PARTS if part != "instructions"]:  # the race counts them
            right &= await parts[part](asked, size, folder)
    return 0 if right else 1


async def prepared(asked: argparse.Namespace, folder: Path, people: int) -> Path:
    place = asked.keep or folder
    place.mkdir(parents=True, exist_ok=True)
    return await registers.prepare(place / f"register-{people}.db", people, say)


async def run_race(asked: argparse.Namespace, size: race.Size, folder: Path) -> bool:
    keys = asked.only.split(",") if asked.only else [bot.key for bot in bots.BOTS]
    chosen = [bot for bot in bots.BOTS if bot.key in keys]
    if not bots.knows_node():
        say("without grammY, as there is no Node.js with npm")
        chosen = [bot for bot in chosen if bot.module != "grammy"]
    bots.fill_baseline(folder / "baseline.db", size.people)
    if any(bot.module == "loket" for bot in chosen):
        bots.copy_database(await prepared(asked, folder, size.people), folder / "register.db")
    results = await race.race(chosen, size, folder, say)
    show("Side by side", table.race(results))
    if any(bot.module == "loket" for bot in chosen) and not asked.quick:
        await run_instructions(asked, size, folder)
    return not any(result.wrong for result in results)


async def run_webhooks(asked: argparse.Namespace, size: race.Size, folder: Path) -> bool:
    bots.copy_database(await prepared(asked, folder, size.people), folder / "register.db")
    seconds, sizes = (1, (20,)) if asked.quick else (20, (10, 50, 200))
    measured = await webhooks.measure(folder, people=size.people, seconds=seconds, sizes=sizes)
    show("WhatsApp's webhook", webhooks.table(measured))
    return not measured.refused and not measured.lost


async def run_lookup(asked: argparse.Namespace, size: race.Size, folder: Path) -> bool:
    sizes = (100, 500) if asked.quick else (10_000, 1_000_000)
    if asked.ten_million:
        sizes += (10_000_000,)
    files = {people: await prepared(asked, folder, people) for people in sizes}
    show("Look-up", lookup.table(await lookup.compare(files, batches=2 if asked.quick else 100)))
    return True


async def run_import(asked: argparse.Namespace, size: race.Size, folder: Path) -> bool:
    bots.copy_database(await prepared(asked, folder, size.people), folder / "register.db")
    bot = next(bot for bot in bots.BOTS if bot.key == "loketi")
    rows = 300 if asked.quick else 100_000
    measured = await importing.while_answering(bot, folder=folder, people=size.people, rows=rows)
    show("Import beside residents", importing.table(measured))
    return not measured.during.wrong and measured.finished.status == 0


async def run_overview(asked: argparse.Namespace, size: race.Size, folder: Path) -> bool:
    measured = await overview.measure(folder, people=2_000 if asked.quick else 1_000_000)
    show("Overview", overview.table(measured))
    return True


async def run_index(asked: argparse.Namespace, size: race.Size, folder: Path) -> bool:
    measured = await satisfaction.measure(folder, people=2_000 if asked.quick else 1_000_000)
    show("The satisfaction index", satisfaction.table(measured))
    return all(one.equal for one in measured)


async def run_seats(asked: argparse.Namespace, _size: race.Size, folder: Path) -> bool:
    ways, growth = await seats.measure(folder, quick=asked.quick)
    show("Seats in a rush", seats.table(ways, growth))
    return seats.right(ways)


async def run_pace(asked: argparse.Namespace, _size: race.Size, folder: Path) -> bool:
    if asked.quick:
        ways = [one for one in pace.SENDERS if not one.answers_after]
        carried = await pace.measure(folder, say, loads=((60, 120),), ways=ways)
    else:
        carried = await pace.measure(folder, say)
    show("Writing to many", pace.render(carried))
    return pace.right(carried)


async def run_instructions(asked: argparse.Namespace, size: race.Size, folder: Path) -> bool:
    bots.copy_database(await prepared(asked, folder, size.people), folder / "register.db")
    show("Instructions", instructions.table(instructions.measure(folder, quick=asked.quick)))
    return True


async def run_api(asked: argparse.Namespace, size: race.Size, folder: Path) -> bool:
    people, seconds, rows = (size.people, 1, 2_000) if asked.quick else (20_000, 20, 50_000)
    bots.copy_database(await prepared(asked, folder, people), folder / "register.db")
    measured = await api.measure(folder, people=people, seconds=seconds, rows=rows)
    show("The API", api.table(measured))
    return api.right(measured)


async def run_start(asked: argparse.Namespace, size: race.Size, folder: Path) -> bool:
    measured = await footprint.measure(folder)
    show("Starting", footprint.table(measured))
    return measured.answered and "aiogram" not in measured.help_imports + measured.demo_imports


async def run_offices(asked: argparse.Namespace, _size: race.Size, folder: Path) -> bool:
    people, size = 2_000, offices.Size(1, 0.5, 4, 1, 0) if asked.quick else offices.Size()
    found = await offices.measure(
        await prepared(asked, folder, people), people=people, size=size, folder=folder, say=say
    )
    show("Many offices", offices.table(found, size))
    return all(one.late == one.broken == 0 < one.conversations for one in found)


if __name__ == "__main__":
    sys.exit(uvloop.run(main(options())))

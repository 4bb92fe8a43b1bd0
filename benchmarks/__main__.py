"""`python -m benchmarks [--quick] [--only a,b,c] [race] [lookup] [import] [demo]`."""

import argparse
import sys
import tempfile
from pathlib import Path

import uvloop

from benchmarks import bots, process, table
from benchmarks.race import Size, race

QUICK = Size(people=1_000, rounds=1, conversations=16, warm_up=4, in_flight=4, seconds=1)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", help="race (all without)")
    parser.add_argument(
        "--quick", action="store_true", help="a smoke run of seconds; its figures mean nothing"
    )
    parser.add_argument("--only", help="keys of bots: " + ",".join(bot.key for bot in bots.BOTS))
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


async def main(asked: argparse.Namespace) -> int:
    process.stay_on(process.OUR_CORE)
    size = QUICK if asked.quick else Size(rounds=asked.rounds)
    keys = asked.only.split(",") if asked.only else [bot.key for bot in bots.BOTS]
    chosen = [bot for bot in bots.BOTS if bot.key in keys]
    with tempfile.TemporaryDirectory(prefix="loket-bench-") as name:
        folder = Path(name)
        bots.fill_baseline(folder / "baseline.db", size.people)
        results = await race(chosen, size, folder, say)
    print(table.race(results))
    return 1 if any(result.wrong for result in results) else 0


if __name__ == "__main__":
    sys.exit(uvloop.run(main(options())))

"""`loket` and `python -m bot`."""

import os
import sys
from functools import partial


def main() -> None:
    """Run the command line."""
    # Files of Loket (database, refused rows, the demo's key) are readable only by its account.
    os.umask(0o077)
    from bot.setup.exits import ended

    options = _plain_run(sys.argv[1:])
    sys.exit(ended(_command if options is None else partial(_run, options)))


def _command() -> object:
    from bot.cli.commands import app

    return app(prog_name="loket", standalone_mode=False)


def _run(options: dict[str, str]) -> None:
    from bot.cli.run import run

    run(only=options.get("--only"), listen=options.get("--listen"))


def _plain_run(words: list[str]) -> dict[str, str] | None:
    """Options of `loket run` as units write them; None for anything else, which is the command line's own parser's.

    A process that runs for weeks then does not hold that parser: 5 MB.
    """
    if words[:1] != ["run"] or len(words) % 2 == 0:
        return None
    options = dict(zip(words[1::2], words[2::2], strict=True))
    plain = set(options) <= {"--only", "--listen"} and not any(
        value.startswith("-") for value in options.values()
    )
    return options if plain else None


if __name__ == "__main__":
    main()

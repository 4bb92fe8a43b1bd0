"""`loket` and `python -m bot`."""

import sys


def main() -> None:
    """Run the command line."""
    from bot.cli.commands import app
    from bot.cli.ending import ended

    sys.exit(ended(lambda: app(prog_name="loket", standalone_mode=False)))


if __name__ == "__main__":
    main()

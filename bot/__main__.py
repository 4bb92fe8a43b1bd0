"""`loket` and `python -m bot`."""

import os
import sys


def main() -> None:
    """Run the command line."""
    # Files of Loket (database, refused rows, the demo's key) are readable only by its account.
    os.umask(0o077)
    from bot.cli.commands import app
    from bot.setup.exits import ended

    sys.exit(ended(lambda: app(prog_name="loket", standalone_mode=False)))


if __name__ == "__main__":
    main()

"""`loket` and `python -m bot`."""

import os
import sys


def main() -> None:
    """Run the command line."""
    # What Loket writes (database, refused rows, the demo's key) is for its own account only.
    os.umask(0o077)
    from bot.cli.commands import app
    from bot.setup.ending import ended

    sys.exit(ended(lambda: app(prog_name="loket", standalone_mode=False)))


if __name__ == "__main__":
    main()

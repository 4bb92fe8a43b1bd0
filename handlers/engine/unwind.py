"""What leaves a script early (caught by handlers/engine/playing.py only).

Unwind
├── Asked     a question was asked and waits for its answer
├── Diverged  the transcript does not fit the script any more
└── Left      the script handed over to another conversation

Whatever else a script raises is a refusal or a fault.
"""

from handlers.engine.scene import Question


class Unwind(BaseException):
    """The script stops here for this turn."""


class Asked(Unwind):
    """A question was asked and waits for its answer."""

    def __init__(self, question: Question) -> None:
        self.question = question


class Diverged(Unwind):
    """The transcript does not fit the script any more."""


class Left(Unwind):
    """The script handed over to another conversation."""

    def __init__(self, conversation: str, argument: str) -> None:
        self.conversation = conversation
        self.argument = argument

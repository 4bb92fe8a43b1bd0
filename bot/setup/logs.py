"""Logs: JSON lines on stderr, with personal data and secrets masked.

Masking is the last step, after tracebacks became text: HTTP errors contain the bot's token in a URL, database
errors the values of a row.
"""

import asyncio
import logging
import re
import sys
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any

# structlog loads rich and pygments (3 MB) for coloured tracebacks and greenlet (1.5 MB) for what we do not use, if it finds
# them; these logs are JSON. None: there is no such module.
_unused = {name: sys.modules.setdefault(name, None) for name in ("rich", "greenlet")}  # type: ignore[arg-type]
import structlog  # noqa: E402
from structlog.typing import EventDict, Processor, WrappedLogger  # noqa: E402

for _name in [name for name, module in _unused.items() if module is None]:
    del sys.modules[_name]

_KEY_WORDS = "(?:token|secret|password|signature|api_?key)"
_NUMBER = "[registration number]"
# Longest first: an identity number must not be masked as a phone number with digits left over.
_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s\"',]+"), r"\1 [masked]"),
    (re.compile(r"\b(?:bot)?\d{6,}:[A-Za-z0-9_-]{20,}"), "[token]"),
    (
        # Match only up to the last of these words; otherwise each of them would scan the rest for "=".
        re.compile(rf"(?i)({_KEY_WORDS}(?:(?!{_KEY_WORDS})[a-z_.-])*=)[^&\s\"']+"),
        r"\1[masked]",
    ),
    (re.compile(r"(?i)\b[A-Z]{3}[ -]?\d{6}[ -]?[0-9A-Z]{4}[ -]?[0-9A-Z]\b"), _NUMBER),
    (re.compile(r"(?i)\b[0-9A-Z]{1,8}-\d{6}-[0-9A-Z]{4}-[0-9A-Z]\b"), _NUMBER),
    # 13 or more digits in any grouping: NIK, family card, mistyped ones, full-width digits.
    (re.compile(r"(?<![\w])(?:\d[ .\-\u00a0\u2013]{0,2}){12,}\d(?![\w])"), "[digits]"),
    # About as many in one piece, beside letters: a file's name, or a word that somebody put before it.
    (re.compile(r"(?<!\d)\d{15,17}(?!\d)"), "[digits]"),
    (re.compile(r"(?<![\w])\(?(?:\+?62|0)[ .()-]{0,3}8\d(?:[ .()-]{0,3}\d){6,10}(?!\w)"), "[phone]"),
)
_SMALLEST_NIK, _LARGEST_NIK = 10**15, 10**16


_hidden: list[str] = []  # this process's own secrets, longest first
_numbers: list[re.Pattern[str]] = []  # how registration numbers of this office look
_SHORTEST_SECRET = 6


def hide(*secrets: str) -> None:
    """Mask these texts from now on: the configured tokens and keys."""
    known = {*_hidden, *(one for one in secrets if len(one) >= _SHORTEST_SECRET)}
    _hidden[:] = sorted(known, key=len, reverse=True)


def hide_numbers(*expressions: re.Pattern[str]) -> None:
    """Mask the registration numbers of this office from now on, in capitals and small letters."""
    _numbers[:] = [re.compile(one.pattern, re.IGNORECASE) for one in expressions if not one.fullmatch("")]


def mask(text: str) -> str:
    """The text without personal numbers and secrets."""
    for secret in _hidden:
        text = text.replace(secret, "[secret]")
    for number in _numbers:
        text = number.sub(_NUMBER, text)
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


def masked(value: Any) -> Any:
    """A log value with all its texts masked, at any depth."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, bool | float | None):
        return value
    if isinstance(value, int):
        return "[digits]" if _SMALLEST_NIK <= abs(value) < _LARGEST_NIK else value
    if isinstance(value, dict):
        return {mask(str(key)): masked(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [masked(one) for one in value]
    return mask(repr(value))


def mask_event(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Last step of structlog: mask a whole event, except the timestamp."""
    return {key: one if key == "timestamp" else masked(one) for key, one in event.items()}


_turn: ContextVar[int | None] = ContextVar("turn", default=None)
_LETTERS = str.maketrans(
    "0123456789abcdef", "abcdefghijkmnpqr"
)  # digits could be masked as somebody's number

begin_turn = _turn.set
"""Name a turn, from now on in every line that this task logs: the id of its reply's row in the outbox."""


class within_turn:  # noqa: N801 (a context manager, used as a function is; a generator would cost each message more)
    """Name the turn in every line of the block.

    SQLite's writer runs the works of several tasks in one of them, so the name must not outlast the work.
    """

    __slots__ = ("_before", "_turn")

    def __init__(self, turn: int) -> None:
        self._turn = turn

    def __enter__(self) -> None:
        """Name it."""
        self._before = _turn.set(self._turn)

    def __exit__(self, *_: object) -> None:
        """Name the one before again."""
        _turn.reset(self._before)


def turn_name(turn: int) -> str:
    """A turn as logs name it."""
    return f"{turn:x}".translate(_LETTERS)


def named_turn() -> str | None:
    """Name of the present turn; None outside of one."""
    turn = _turn.get()
    return None if turn is None else turn_name(turn)


def _with_turn(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    name = named_turn()
    if name is not None:
        event.setdefault("turn", name)
    return event


_OWN = ("bot", "handlers", "storage", "domain", "locales")


def set_up_logs(*, level: str = "INFO", stream: IO[str] | None = None) -> None:
    """Send structlog and standard logging to stderr as masked JSON lines."""
    shared: list[Processor] = [
        _with_turn,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.StackInfoRenderer(),
                structlog.processors.format_exc_info,
                mask_event,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    # Only our own lines can be finer than INFO: at DEBUG drivers log statements with their values.
    root.setLevel(max(logging.getLevelNamesMapping()[level], logging.INFO))
    for own in _OWN:
        logging.getLogger(own).setLevel(level)
    # At INFO httpx logs each URL, and a bot's URL contains its token.
    for chatty in ("httpx", "httpcore", "aiogram", "telegram", "uvicorn", "alembic"):
        logging.getLogger(chatty).setLevel(max(root.level, logging.WARNING))
    logging.getLogger("opentelemetry").setLevel(max(root.level, logging.ERROR))  # it tells each retry
    logging.captureWarnings(capture=True)


def what(fault: BaseException) -> dict[str, Any]:
    """Class of the fault and its frames, innermost last."""
    at = [
        f"{Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(fault.__traceback__)
    ]
    return {"fault": type(fault).__name__, "at": at}


class LogLimit:
    """Limits a line that strangers can cause: the first at once, then at most one in `seconds` of each kind.

    `tell` logs a line; it gets the words of its kind and how many it stands for, as `count`. The counts of all lines
    together are exact, at most `seconds` late.
    """

    def __init__(self, tell: Callable[..., object], *, seconds: float = 60.0) -> None:
        self._tell = tell
        self._seconds = seconds
        self._untold: dict[tuple[str, ...], int] = {}

    def __call__(self, *kind: str) -> None:
        """Count one, and log it unless a line of its kind was logged lately.

        Args:
            kind: words of our own, not of the stranger, since each kind is remembered for a while.
        """
        if kind in self._untold:
            self._untold[kind] += 1
        else:
            self._log(kind, 1)

    def _log(self, kind: tuple[str, ...], count: int) -> None:
        self._untold[kind] = 0
        asyncio.get_running_loop().call_later(self._seconds, self._later, kind)
        self._tell(*kind, count=count)

    def _later(self, kind: tuple[str, ...]) -> None:
        count = self._untold.pop(kind)
        if count:
            self._log(kind, count)

"""Meaning of Bot API answers (https://core.telegram.org/bots/api#making-requests)."""

from typing import Any

from bot.channel import Outage, Rejected, Throttled, Undelivered, Unknown, Unreachable

TOO_MANY = 429
GATEWAY = frozenset({502, 504})  # an intermediary answered: the message may have been accepted
NOT_MODIFIED = "not_modified"
GONE = "gone"

_REASONS = (
    ("message is not modified", NOT_MODIFIED),
    ("message to edit not found", GONE),
    ("message can't be edited", GONE),
    ("message_id_invalid", GONE),
    ("can't parse entities", "bad_markup"),
    ("message is too long", "too_long"),
    ("text is empty", "empty"),
    ("button_data_invalid", "bad_button"),
    ("photo_invalid_dimensions", "bad_picture"),
)
_NO_CHAT = ("chat not found", "peer_id_invalid", "upgraded to a supergroup", "user not found")


def refused(status: int, answer: Any, *, push: bool) -> Undelivered:
    """Exception for an answer other than `ok`; `push` decides what a 429 holds."""
    said = answer if isinstance(answer, dict) else {}
    code = said.get("error_code", status)
    status = code if isinstance(code, int) else status
    description = str(said.get("description", "")).lower()
    if status == TOO_MANY:
        return Throttled(_seconds(said), whole_channel=push)
    if status >= 500 or 300 <= status < 400 or status in {401, 404, 409}:  # noqa: PLR2004 (the numbers of HTTP)
        return Outage(asked=status in GATEWAY, why=_mendable(status, description))
    if status == 403:  # noqa: PLR2004 (as above)
        return Unreachable("blocked")
    if 200 <= status < 300:  # noqa: PLR2004 (as above)
        return Unknown()
    if any(phrase in description for phrase in _NO_CHAT):
        return Unreachable("chat_not_found")
    return Rejected(next((code for phrase, code in _REASONS if phrase in description), f"http_{status}"))


def _mendable(status: int, description: str) -> str | None:
    """Code for trouble that waiting does not end: another program uses the token, or it is invalid."""
    if status == 409:  # noqa: PLR2004 (as above)
        return "webhook_elsewhere" if "webhook" in description else "polled_elsewhere"
    return "token_refused" if status in {401, 404} else None  # 404: no bot has this token


def _seconds(said: dict[str, Any]) -> float:
    parameters = said.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(seconds) if isinstance(seconds, int | float) else 5.0

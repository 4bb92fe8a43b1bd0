"""The Bot API's errors: code, description as the real server words it, and parameters."""

from typing import Any


class Refused(Exception):
    """The call is answered with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(description: str) -> Refused:
    return Refused(400, f"Bad Request: {description}")


def chat_not_found() -> Refused:
    return bad_request("chat not found")


def blocked_by_the_user() -> Refused:
    return Refused(403, "Forbidden: bot was blocked by the user")


def too_many(retry_after: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def conflict(description: str) -> Refused:
    return Refused(409, f"Conflict: {description}")


TERMINATED_BY_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
TERMINATED_BY_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

"""Refusals of the platform: codes, titles and HTTP statuses of Meta's page "Error codes".

https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (May 2026)
"""

import json
from dataclasses import dataclass
from typing import Any

from demo.whatsapp_emulator.http import Answer

# code: (HTTP status, title). If the page has no status, the platform answers 400.
CODES: dict[int, tuple[int, str]] = {
    0: (401, "AuthException"),
    1: (400, "API Unknown"),
    2: (503, "API Service"),
    4: (400, "API Too Many Calls"),
    10: (403, "Permission Denied"),
    33: (400, "Parameter value is not valid"),
    100: (400, "Invalid parameter"),
    190: (401, "Access token has expired"),
    200: (403, "API Permission"),
    368: (403, "Temporarily blocked for policies violations"),
    80007: (400, "Rate limit issues"),
    130429: (429, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    130497: (403, "Business account is restricted from messaging users in this country"),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (503, "Service unavailable"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131031: (403, "Account has been locked"),
    131037: (400, "Display name approval is needed"),
    131042: (400, "Business eligibility payment issue"),
    131045: (500, "Incorrect certificate"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "Meta chose not to deliver"),
    131050: (400, "User stopped marketing messages"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: (500, "Account in maintenance mode"),
    131062: (400, "Business-scoped user ID recipients are not supported for this message"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132005: (400, "Translated text too long"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    132018: (400, "There is an issue with the parameters in your template"),
    133010: (400, "Phone number not registered"),
}


@dataclass(eq=False)
class RefusedCall(Exception):
    """One refusal; `details` is our explanation, `subcode` is set if the platform has one."""

    code: int
    details: str = ""
    subcode: int | None = None

    def __str__(self) -> str:
        """Text for a failed assertion."""
        return f"(#{self.code}) {self.title}: {self.details}"

    @property
    def status(self) -> int:
        """HTTP status."""
        return CODES.get(self.code, (400, ""))[0]

    @property
    def title(self) -> str:
        """Title of the code."""
        return CODES.get(self.code, (400, "Unknown error"))[1]

    def as_answer(self, trace: str) -> Answer:
        """The refusal as an answer."""
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.title}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details or self.title},
            "fbtrace_id": trace,
        }
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return Answer(status=self.status, body=json.dumps({"error": error}).encode())

    def as_status_error(self) -> dict[str, Any]:
        """The refusal as the `errors` item of a `failed` status."""
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": self.details or self.title},
            "href": "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes",
        }


def missing(name: str) -> RefusedCall:
    """Refusal of a call without this parameter."""
    return RefusedCall(131008, f"The parameter {name} is missing.")


def bad_value(details: str) -> RefusedCall:
    """Refusal of a value."""
    return RefusedCall(131009, details)


def bad_parameter(details: str) -> RefusedCall:
    """Refusal of a parameter with a wrong type or unknown name."""
    return RefusedCall(100, details)

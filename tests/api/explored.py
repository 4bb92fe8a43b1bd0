"""Explores the API by its own OpenAPI document with schemathesis: no 5xx, and every answer conforms."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

CONFORMING = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
CHECKS = [*CONFORMING, negative_data_rejection]  # what the document forbids is not taken


def explore(url: str, token: str, *, examples: int, drawn: bool = False) -> int:
    """Send so many requests of each kind to every operation; return the number of answers."""
    schema = schemathesis.openapi.from_url(f"{url}/api/v1/openapi.json")
    told = 0

    def counted() -> None:
        nonlocal told
        told += 1

    for result in schema.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _explore_one(result.ok(), mode, token, settings_of(examples, drawn=drawn), counted)
    return told


def settings_of(examples: int, *, drawn: bool) -> settings:
    health = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    return settings(
        max_examples=examples,
        derandomize=not drawn,
        database=None,
        deadline=None,
        suppress_health_check=health,
    )


def _explore_one(
    operation: schemathesis.APIOperation,
    mode: GenerationMode,
    token: str,
    wanted: settings,
    counted: Callable[[], None],
) -> None:
    @wanted
    @given(operation.as_strategy(generation_mode=mode))
    def run(case: schemathesis.Case) -> None:
        counted()
        answer = case.call(headers={"Authorization": f"Bearer {token}"}, timeout=30)
        case.validate_response(answer, checks=CHECKS if _was_sent(case, answer.request.url) else CONFORMING)

    run()


def _was_sent(case: schemathesis.Case, url: str | None) -> bool:
    """Whether all of the query was sent: an empty list, which makes a query bad, leaves no trace in an address."""
    return case.query.keys() == parse_qs(urlsplit(url or "").query, keep_blank_values=True).keys()

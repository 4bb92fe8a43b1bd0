"""Every code that the audit can hold has words, so that whoever reads it needs no list of codes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.refusals.announcements import AlreadyAnnounced
from domain.staff.roles import Action, Role
from locales.texts import LANGUAGES
from storage.cards.lists import UNKNOWN, CardFilter
from tests.support.sources import nodes_of
from tests.support.texts import the_texts

ROOT = Path(__file__).parents[2]
CODE = [path for folder in ("bot", "handlers", "storage") for path in (ROOT / folder).rglob("*.py")]


def codes_in(path) -> Iterator[str]:
    """The constants that calls of `audit.record` and steps like it are given as an action."""
    for node in nodes_of(path):
        if not isinstance(node, ast.Call):
            continue
        given = [one.value for one in node.keywords if one.arg == "action"]
        if ast.unparse(node.func) == "audit.record":
            given += node.args[2:3]
        for one in given:
            either = (one.body, one.orelse) if isinstance(one, ast.IfExp) else (one,)
            yield from (part.value for part in either if isinstance(part, ast.Constant))
        if getattr(node.func, "attr", getattr(node.func, "id", "")) == "_note":
            yield from (
                one.value
                for one in node.args
                if isinstance(one, ast.Constant) and str(one.value).startswith("announcement-")
            )


def actions() -> set[str]:
    code = [path for path in CODE if "audit" in path.read_text("utf-8")]
    found = {action for path in code for action in codes_in(path)}
    return found | {"refused", "erased", "announcement-alarm", "alarm-wrong-pairs", "alarm-wrong-codes"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_action_of_the_audit_has_words(language):
    found = actions()
    assert {"imported", "announcement-released", "served-undone", "handover-taken"} <= found
    texts = the_texts()
    assert [one for one in sorted(found) if texts.say(language, "audit-action", code=one) == one] == []


def test_every_right_and_every_role_has_words():
    def say(key: str, code: str) -> str:
        return the_texts().say("id", key, code=code)

    assert [one for one in Action if say("audit-right", one) == one] == []
    assert [
        one for one in (Role.VIEWER, Role.OFFICER, Role.APPROVER) if say("audit-detail", one) == one
    ] == []
    assert say("audit-detail", AlreadyAnnounced.code) != AlreadyAnnounced.code


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_filter_of_a_register_list_has_words(language):
    stage, point, _ = CardFilter().said.split()
    for code in (stage, point, CardFilter(stage=UNKNOWN).said.split()[0]):
        assert the_texts().say(language, "audit-detail", code=code) != code


def test_a_code_that_nobody_worded_is_shown_as_it_is():
    for language in LANGUAGES:
        assert the_texts().say(language, "audit-action", code="moon-landing") == "moon-landing"

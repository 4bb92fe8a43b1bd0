"""The template registry: fit for approval, filled in order, compared with what the account has."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import whatsapp as command
from bot.setup.exits import Stop
from bot.setup.office_file import load_office
from bot.setup.settings import BadSetting
from bot.whatsapp.approval import compare, submit
from bot.whatsapp.render import size
from bot.whatsapp.sending import GraphApi
from bot.whatsapp.templates import BODY, in_one_line, payload, registry
from domain import codec
from domain.cards.application import Application
from domain.cards.stages import Stage
from domain.office.registration import NumberFormat
from handlers.cards.pushes import approved_words
from handlers.engine.screen import Screen, Template
from locales.texts import LANGUAGES, Texts
from tests.channels.whatsapp.cloud import CUT, Cloud
from tests.support.texts import WIB

NAMES = {
    "status_changed",
    "ready_for_pickup",
    "booking_reminder",
    "booking_closed",
    "seat_offered",
    "missed_appointment",
    "number_called",
    "number_near",
    "seventeenth_birthday",
    "rating_invitation",
    "case_answered",
    "announcement",
}
EACH = [
    pytest.param(one, language, id=f"{one.name}-{language}")
    for one in registry().values()
    for language in one.text
]
ACCOUNT = "102290129340398"


def test_the_registry_holds_what_the_office_sends_first():
    assert registry().keys() == NAMES
    assert all({"id", "en"} <= one.text.keys() <= set(LANGUAGES) for one in registry().values())
    assert {one.category for one in registry().values()} == {"utility"}
    assert all(re.fullmatch(r"[a-z0-9_]{1,512}", name) for name in registry())


@pytest.mark.parametrize(("template", "language"), EACH)
def test_a_text_is_fit_for_approval(template, language):
    """The provider refuses gaps at an edge or side by side, gaps out of order, line ends in samples."""
    body = template.body(language)
    gaps = re.findall(r"\{\{(\d+)\}\}", body)
    assert gaps == [str(place) for place in range(1, len(template.variables) + 1)]
    assert not body.startswith("{")
    assert not body.endswith("}")
    assert not re.search(r"\}\}\s*\{\{", body)
    assert len(template.samples) == len(template.variables)
    assert all(in_one_line(sample) for sample in template.samples)
    assert body.count("*") % 2 == 0
    assert size(body) < BODY / 2  # the other half is for what stands in the gaps
    assert len(re.findall(r"\w+", body)) > 3 * len(gaps)


@pytest.mark.parametrize(("template", "language"), EACH)
def test_buttons_are_fit_for_approval_and_are_the_choices_of_the_conversation(template, language):
    """At most three fit a phone's screen, of at most 25 characters each, and no two alike."""
    labels = template.labels(language)
    assert len(labels) <= 3
    assert len(set(labels)) == len(labels)
    assert all(0 < len(label) <= 25 for label in labels)
    texts = Texts(zone=WIB, strict=True)
    keys: dict[str, tuple[str, ...]] = {}
    keys["booking_reminder"] = "reminder-yes", "reminder-move", "reminder-no"
    keys["seat_offered"] = "offer-take", "offer-pass"
    keys["rating_invitation"] = "rating-begin", "engine-no"
    keys["case_answered"] = "case-done", "case-not-yet"
    assert labels == tuple(texts.say(language, key) for key in keys.get(template.name, ()))


def test_javanese_is_said_in_indonesian_until_somebody_writes_it():
    said = payload(Template(name="rating_invitation", language="jv", variables=("MJK-1",)))
    assert said.content["language"] == {"code": "id"}


@given(st.text(max_size=300))
def test_a_template_variable_is_one_nonempty_line_without_formatting(value):
    filled = in_one_line(value)
    assert filled
    assert "  " not in filled
    assert not re.search(r"[\n\r\t*~`]", filled)


def test_a_filled_text_that_is_too_long_is_not_sent():
    gaps = ("x" * 500, "y" * 400, "z" * 200)
    assert payload(Template(name="ready_for_pickup", language="id", variables=gaps)) is None


APPLICATION = Application(
    id=1,
    number="MJK-261102-0007-Z",
    name="S*** A*** B*** C***",
    service="ktp_hilang",
    stage=None,
    raw_code="KODE_BARU",
    stage_on=date(2026, 11, 20),
    note="Fotokopi KK dan surat kehilangan.",
    data_at=datetime(2026, 11, 27, 4, 30, tzinfo=UTC),
)


@pytest.mark.parametrize("stage", [*Stage, None])
def test_every_stage_has_approved_words_with_as_many_gaps(stage):
    texts = Texts(zone=WIB, strict=True)
    name, gaps = approved_words(replace(APPLICATION, stage=stage), load_office(None))
    for language in LANGUAGES:
        filled = [
            gap if isinstance(gap, str) else texts.say(language, gap.key, **gap.variables) for gap in gaps
        ]
        assert payload(Template(name=name, language=language, variables=tuple(filled))) is not None


def test_a_screen_keeps_its_template():
    template = Template(name="status_changed", language="id", variables=("a", "b", "c"))
    kept = codec.load(Screen, codec.dump(Screen(text="x", template=template)))
    assert kept.template == template
    before = {key: value for key, value in codec.dump(Screen(text="x")).items() if key != "template"}
    assert codec.load(Screen, before).template is None  # written by an earlier version
    assert "'a'" not in repr(template)


def there(name: str, language: str, *, status: str = "APPROVED", **more: str) -> dict:
    one = registry()[name]
    return {
        "name": name,
        "language": language,
        "status": status,
        "category": "UTILITY",
        "components": one.components(language),
        **more,
    }


@pytest.fixture
async def graph(cloud: Cloud):
    opened = GraphApi(token="t", api_base=cloud.base, version="v25.0", auth_header="Authorization: Bearer")
    yield opened
    await opened.close()


async def test_the_account_is_read_page_by_page_and_each_template_stands_somewhere(cloud, graph):
    pages = [
        [there("status_changed", "id"), there("status_changed", "en", status="PENDING"), "odd", {}],
        [
            there("ready_for_pickup", "id", status="REJECTED"),
            there("ready_for_pickup", "en", category="MARKETING"),
            there("booking_reminder", "id", components=[{"type": "BODY", "text": "?"}]),
            there("booking_reminder", "en", components="odd"),
            there("seat_offered", "id", components=registry()["seat_offered"].components("id")[:1]),
        ],
    ]
    cloud.answers += [
        (200, {"data": pages[0], "paging": {"cursors": {"after": "a b"}, "next": "https://…"}}),
        (200, {"data": pages[1], "paging": {"cursors": {"after": "c"}}}),
    ]
    standing = {(one.template.name, one.language): one.standing for one in await compare(graph, ACCOUNT)}
    assert standing.pop(("status_changed", "id")) == "approved"
    assert standing.pop(("status_changed", "en")) == "pending"
    assert standing.pop(("ready_for_pickup", "id")) == "refused"
    assert standing.pop(("ready_for_pickup", "en")) == "differs"
    assert standing.pop(("booking_reminder", "id")) == "differs"
    assert standing.pop(("booking_reminder", "en")) == "differs"
    assert standing.pop(("seat_offered", "id")) == "differs", "its buttons are not there"
    assert set(standing.values()) == {"missing"}
    assert [call.path.partition("?")[0] for call in cloud.calls] == [
        f"/v25.0/{ACCOUNT}/message_templates"
    ] * 2
    assert cloud.calls[1].path.endswith("&after=a%20b")


async def test_only_what_is_missing_is_submitted_with_its_samples(cloud, graph):
    present = [there(one.name, language) for one in registry().values() for language in one.text]
    missing = present.pop()
    cloud.answers += [(200, {"data": present}), (200, {"id": "1", "status": "PENDING"})]
    standing = {one.standing for one in await submit(graph, ACCOUNT)}
    assert standing == {"approved", "submitted"}
    _, call = cloud.calls
    assert (call.verb, call.body["name"], call.body["category"]) == ("POST", missing["name"], "UTILITY")
    component = call.body["components"][0]
    assert component["example"]["body_text"] == [[*registry()[missing["name"]].samples]]


def test_sample_numbers_are_valid_and_name_no_office():
    """Meta's reviewers read the same registry for every office."""
    samples = [dict(zip(one.variables, one.samples, strict=True)) for one in registry().values()]
    numbers = {one["nomor"] for one in samples if "nomor" in one}
    assert numbers == {str(NumberFormat(prefix="KTP").parse(number)) for number in numbers} != set()


def test_words_without_gaps_carry_no_samples_and_no_parameters():
    """The provider refuses an empty list of either."""
    birthday = registry()["seventeenth_birthday"]
    assert birthday.components("id") == [{"type": "BODY", "text": birthday.body("id")}]
    said = payload(Template(name=birthday.name, language="id"))
    assert said is not None
    assert said.content == {"name": birthday.name, "language": {"code": "id"}}


async def test_a_refused_submission_is_told_and_the_others_go_on(cloud, graph):
    cloud.answers += [(200, {"data": []}), (400, {"error": {"code": 100}})]
    standing = [one.standing for one in await submit(graph, ACCOUNT)]
    assert standing.count("refused") == 1
    assert standing.count("submitted") == len(standing) - 1


def test_the_command_lists_the_registry_without_any_setting(capsys):
    assert command.templates(check=False, submit=False) == 0
    shown = capsys.readouterr().out
    assert all(f"{name} (id, utility)" in shown for name in NAMES)
    assert "{{1}}" in shown


@pytest.fixture
def asked(monkeypatch, cloud, tmp_path):
    """Run the command against the small Cloud API; give its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOKET_WHATSAPP_TOKEN", "t")
    monkeypatch.setenv("LOKET_WHATSAPP_API_BASE", cloud.base)
    monkeypatch.setenv("LOKET_WHATSAPP_BUSINESS_ACCOUNT_ID", ACCOUNT)

    async def run(**what: bool) -> int:
        return await asyncio.to_thread(command.templates, **{"check": False, "submit": False, **what})

    return run


async def test_check_says_what_is_missing_and_ends_with_1(asked, cloud, capsys):
    cloud.answers.append((200, {"data": [there("status_changed", "id")]}))
    assert await asked(check=True) == 1
    shown = capsys.readouterr().out
    assert "approved: can be sent" in shown
    assert "submit it with `loket whatsapp templates --submit`" in shown


async def test_check_ends_with_0_when_all_are_approved(asked, cloud):
    everything = [there(one.name, language) for one in registry().values() for language in one.text]
    cloud.answers.append((200, {"data": everything}))
    assert await asked(check=True) == 0


@pytest.mark.parametrize(
    ("answer", "said"),
    [((401, {"error": {"code": 190}}), "Meta refuses: access"), (CUT, "cannot be reached")],
)
async def test_trouble_is_one_sentence(asked, cloud, answer, said):
    cloud.answers += [answer, answer]
    with pytest.raises(Stop) as told:
        await asked(check=True)
    assert said in told.value.sentence


@pytest.mark.parametrize("name", ["LOKET_WHATSAPP_TOKEN", "LOKET_WHATSAPP_BUSINESS_ACCOUNT_ID"])
async def test_a_setting_that_is_missing_is_named(asked, monkeypatch, name):
    monkeypatch.delenv(name)
    with pytest.raises(BadSetting, match=name):
        await asked(submit=True)

"""`loket office new`: an office file from about ten answers, given as options or at the terminal."""

import json
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from string import Template
from typing import Any

import typer

from bot.setup.exits import Stop
from bot.setup.office_file import NEW_OFFICE, load_office, office_of, texts_of
from domain.office.districts import District, Neighbour
from domain.office.office import ZONES
from domain.office.registration import NumberFormat
from domain.office.week import Span
from domain.text.typed import bare
from locales.texts import DEFAULT, LANGUAGES

WRONG_USE = 2
_LONGEST_TEXT, _LONGEST_LIST = 200, 4000
_ZONES: dict[str, str] = {
    **{short: zone for zone, (short, _) in reversed([*ZONES.items()])},  # of two, the first: WIB is Jakarta's
    **{zone: zone for zone in ZONES},
}
_DISTRICT = re.compile(r"([0-9]{2}\.?[0-9]{2}\.?[0-9]{2})[ :]+(.+)")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its option, what reads the answer (ValueError: it cannot be used), and the usual answer."""

    name: str
    read: Callable[[str], Any]
    default: str | None = None


def _text(answer: str) -> str:
    text = " ".join(answer.split())
    if not (text and text.isprintable() and len(text) <= _LONGEST_TEXT):
        raise ValueError(answer)
    return text


def _parts(answer: str, separator: str) -> list[str]:
    if len(answer) > _LONGEST_LIST:
        raise ValueError(answer)
    return [_text(part) for part in answer.split(separator) if part.strip()]


def _zone(answer: str) -> str:
    found = [zone for name, zone in _ZONES.items() if name.casefold() == answer.strip().casefold()]
    if not found:
        raise ValueError(answer)
    return found[0]


def _languages(answer: str) -> list[str]:
    codes = list(dict.fromkeys(_parts(answer.lower(), ",")))
    if DEFAULT not in codes or not set(codes) <= set(LANGUAGES):
        raise ValueError(answer)
    return codes


def _hours(answer: str) -> list[str]:
    if answer.strip() == "-":
        return []
    spans = [str(Span.parse(part)) for part in _parts(answer, ",")]
    if not spans:
        raise ValueError(answer)
    return spans


def _districts(answer: str) -> list[District]:
    matches = [_DISTRICT.fullmatch(part) for part in _parts(answer, ",")]
    found = [District(code=match[1], name=match[2]) for match in matches if match]
    if not found or len(found) < len(matches) or len({bare(one.name) for one in found}) < len(found):
        raise ValueError(answer)
    return found


def _points(answer: str) -> list[tuple[str, str, list[str]]]:
    """Name, address and kecamatan of each point."""
    points = []
    for one in _parts(answer, "|"):
        name, address, *serves = one.split(";")
        points.append((_text(name), _text(address), _parts(",".join(serves), ",")))
    if not points or any(len(bare(name)) < 1 for name, _, _ in points):
        raise ValueError(answer)
    return points


def _neighbour(answer: str) -> Neighbour:
    if not answer.strip():
        return Neighbour(name="", office="", prefixes=())
    name, _, prefixes = answer.partition(":")
    found = tuple(part.replace(".", "") for part in _parts(prefixes, ","))
    if not found:
        raise ValueError(answer)
    return Neighbour(name=_text(name), office=f"Disdukcapil {_text(name)}", prefixes=found)


QUESTIONS = (
    Question("name", _text),
    Question("zone", _zone, "WIB"),
    Question("languages", _languages, "id, en"),
    Question("address", _text),
    Question("phone", _text),
    Question("hours", _hours, "08:00-15:00"),
    Question("friday", _hours, "08:00-11:00, 13:00-15:00"),
    Question("districts", _districts),
    Question("points", _points),
    Question("neighbour", _neighbour, ""),
    Question("prefix", lambda answer: NumberFormat(prefix=answer.strip().upper()).prefix),
)


def new(file: Path, given: Mapping[str, str | None]) -> None:
    """Write a new office file; `given` are the answers that options hold, by the question's name."""
    say = partial(texts_of(load_office(None)).say, DEFAULT)
    if file.exists() or file.is_symlink():
        raise Stop(say("office-new-exists", file=str(file)), code=WRONG_USE)
    if not file.parent.is_dir():
        raise Stop(say("office-new-no-folder", file=str(file)), code=WRONG_USE)
    answers = _given(given, say)
    if sys.stdin.isatty():
        answers |= {one.name: _asked(one, say) for one in QUESTIONS if one.name not in answers}
    answers |= {
        one.name: one.read(one.default)
        for one in QUESTIONS
        if one.name not in answers and one.default is not None
    }
    lacking = [f"--{one.name}" for one in QUESTIONS if one.name not in answers]
    if lacking:
        raise Stop(say("office-new-lacks", options=", ".join(lacking)), code=WRONG_USE)
    written = _written(answers)
    office_of(tomllib.loads(written))  # an unusable file is never written
    with file.open("x", encoding="utf-8") as out:
        out.write(written)
    file.chmod(0o644)  # it holds nothing secret, and the account of the service must read it
    typer.echo(say("office-new-done", file=str(file)))


def _given(given: Mapping[str, str | None], say: Callable[..., str]) -> dict[str, Any]:
    answers = {}
    for question in QUESTIONS:
        answer = given.get(question.name)
        if answer is None:
            continue
        try:
            answers[question.name] = question.read(answer)
        except ValueError:
            why = say("office-new-refused", option=f"--{question.name}", reason=_wrong(question, say))
            raise Stop(why, code=WRONG_USE) from None
    return answers


def _asked(question: Question, say: Callable[..., str]) -> Any:
    while True:
        answer = typer.prompt(
            say(f"office-new-{question.name}"), default=question.default, show_default=bool(question.default)
        )
        try:
            return question.read(answer)
        except ValueError:
            typer.echo(_wrong(question, say))


def _wrong(question: Question, say: Callable[..., str]) -> str:
    kind = {"name": "text", "address": "text", "phone": "text", "friday": "hours"}.get(question.name)
    if question.name == "languages":
        return say("office-new-wrong-languages", known=", ".join(LANGUAGES))
    return say(f"office-new-wrong-{kind or question.name}")


def _written(answers: Mapping[str, Any]) -> str:
    """The template with the answers as TOML."""
    districts: list[District] = answers["districts"]
    neighbour: Neighbour = answers["neighbour"]
    plain = ("name", "zone", "languages", "address", "phone", "hours", "friday", "prefix")
    listed = "".join(
        f"    {{ code = {_toml(_dotted(one.code))}, name = {_toml(one.name)} }},\n" for one in districts
    )
    return Template(NEW_OFFICE.read_text(encoding="utf-8")).substitute(
        {name: _toml(answers[name]) for name in plain},
        districts=f"[\n{listed}]",
        points=_points_written(
            answers["points"],
            [one.name for one in districts if not neighbour.prefixes or not neighbour.has(one.code)],
        ),
        neighbour=_toml(neighbour.name),
        neighbour_office=_toml(neighbour.office),
        neighbour_prefixes=_toml(neighbour.prefixes),
    )


def _points_written(points: list[tuple[str, str, list[str]]], own: list[str]) -> str:
    """The tables of the points; a lone point serves every kecamatan of the office."""
    written, ids = "", set[str]()
    for name, address, serves in points:
        base = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "loket"
        unique = next(
            one for one in (base, *(f"{base}_{n}" for n in range(2, len(points) + 2))) if one not in ids
        )
        ids.add(unique)
        where = serves or (own if len(points) == 1 else [])
        written += (
            f"[[points]]\nid = {_toml(unique)}\nname = {_toml(name)}\naddress = {_toml(address)}\n"
            f"serves = {_toml(where)}\n\n"
        )
    return written


def _dotted(code: str) -> str:
    return f"{code[:2]}.{code[2:4]}.{code[4:]}"


def _toml(value: Any) -> str:
    """A text or a list of texts as TOML, which reads them as JSON does (none holds a control character)."""
    return json.dumps(value, ensure_ascii=False)

"""Number and proof in a message: `#KTP#3516…#…`, a receipt's QR code, `/start s_MJK…`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from domain.cards.pair import spot_pair as spotted
from domain.cards.proof import Proof, ProofParser
from domain.office.office import Office
from domain.office.registration import NumberFormat, RegistrationNumber
from domain.people.nik import straighten
from domain.refusals import BadNumber, NumberBadShape, Refusal
from domain.text.number_question import meant_instead
from handlers.engine.chat import Chat, Said

NUMBER = "status-ask-number"
PROOF = "status-ask-nik"
MORE = "status-more"  # a second number, which is not looked up: one message is about one card
EXITS = {"1": "lost-number", "2": "officer"}
"""Conversations that a single digit opens at the question for the number; 0 opens the menu everywhere."""
_TOLD = frozenset({"where", "when", "why", "photo", "cost"})  # answered, and the number is asked for again
STRAIGHT = "status-nik-straight"  # letters in the NIK were read as digits
ODD = "status-odd-number"  # beside the NIK is something like a number, but invalid
_FOUR_ALONE = re.compile(r"\W*(?:NIK\W*)?([0-9]{4})\W*")


def spot_pair(text: str, office: Office) -> dict[str, str]:
    """Answers to the questions for number and proof; four digits count only right beside a number."""
    found = spotted(text, office.number)
    proof = found.nik
    if found.number and not proof and (four := _FOUR_ALONE.fullmatch(office.number.without_number(text))):
        proof = four.group(1)
    parts = (
        (NUMBER, found.number),
        (PROOF, proof),
        (MORE, found.more),
        (ODD, "yes" if found.odd else None),
        (STRAIGHT, "yes" if proof and straighten(text) != text else None),
    )
    return {key: part for key, part in parts if part}


@dataclass(frozen=True, slots=True)
class _NumberParser:
    """Reads the number, the digit or words of an exit, or what is asked instead.

    `kept` says first, if the number is wrong but a NIK was given, that the NIK is kept. `meant` says which
    number a mistyped one was read as.
    """

    format: NumberFormat
    kept: Callable[[], None]
    meant: Callable[[str], None]

    def parse(self, text: str) -> RegistrationNumber | str:
        """Read it in the office's format; a slip that the check character proves is repaired."""
        if text.strip() in EXITS:
            return EXITS[text.strip()]
        meant = meant_instead(text)
        if meant is not None:
            return EXITS["1"] if meant == "lost" else meant
        try:
            return self.format.parse(text)
        except BadNumber:
            repaired = self.format.repair(text)
            if repaired is None:
                self.kept()
                raise
            self.meant(str(repaired))
            return repaired

    def from_json(self, value: str) -> RegistrationNumber | str:
        """Read a stored answer."""
        return value if value in EXITS.values() or value in _TOLD else RegistrationNumber(value)


@dataclass(frozen=True, slots=True)
class _ProofParser:
    """Reads the proof, or hears that it is asked what it is for."""

    proofs: ProofParser

    def parse(self, text: str) -> Proof | str:
        """Read it as the channel asks for it."""
        return "why" if meant_instead(text) == "why" else self.proofs.parse(text)

    def from_json(self, value: str) -> Proof | str:
        """Read a stored answer."""
        return value if value == "why" else self.proofs.from_json(value)


async def ask_pair(chat: Chat) -> tuple[RegistrationNumber, Proof]:
    """Ask for number and proof unless the message has them; errors name the wrong one."""
    parser = ProofParser(chat.caps.full_nik)
    numbers = _NumberParser(
        chat.office.number,
        lambda: _tell_kept(chat, parser),
        lambda number: chat.said.append(Said("status-number-meant", {"number": number})),
    )
    _check_given(chat, parser)
    example = chat.office.number.example
    number = await chat.ask(NUMBER, numbers.parse, shortens=True, example=example)
    while number in _TOLD:
        await chat.say("status-number-asked", what=str(number))
        number = await chat.ask(NUMBER, numbers.parse, shortens=True, example=example)
    if isinstance(number, str):
        await chat.open(number)
    proofs = _ProofParser(parser)
    proof = await chat.ask(PROOF, proofs.parse, whole=chat.caps.full_nik)
    while isinstance(proof, str):
        await chat.say("status-number-asked", what=proof)
        proof = await chat.ask(PROOF, proofs.parse, whole=chat.caps.full_nik)
    if chat.given.pop(STRAIGHT, None) is not None:
        chat.said.append(Said("status-nik-straight"))
    return number, proof


def _check_given(chat: Chat, parser: ProofParser) -> None:
    """Report an impossible NIK at once and forget it."""
    odd, proof = chat.given.pop(ODD, None), chat.given.get(PROOF)
    if proof is None or NUMBER in chat.given:
        return
    refusal = _refusal(parser, proof)
    if refusal is not None:
        del chat.given[PROOF]
        chat.refuse(refusal)
    elif odd is not None:
        _tell_kept(chat, parser)
        chat.refuse(NumberBadShape(chat.office.number.example))


def _tell_kept(chat: Chat, parser: ProofParser) -> None:
    proof = chat.given.get(PROOF)
    if proof is not None and _refusal(parser, proof) is None:
        chat.said.append(Said("status-nik-kept"))


def _refusal(parser: ProofParser, text: str) -> Refusal | None:
    try:
        parser.parse(text)
    except Refusal as refusal:
        return refusal
    return None

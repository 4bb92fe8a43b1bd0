"""Number and proof in a message: `#KTP#3516…#…`, a receipt's QR code, `/start s_MJK…`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from domain.cards.pair import spot_pair as spotted
from domain.cards.proof import Proof, ProofParser
from domain.office.office import Office
from domain.office.registration import NumberFormat, RegistrationNumber
from domain.refusals import BadNumber, NumberBadShape, Refusal
from handlers.engine.chat import Chat, Said

NUMBER = "status-ask-number"
PROOF = "status-ask-nik"
MORE = "status-more"  # a second number, which is not looked up: one message is about one card
ODD = "status-odd-number"  # beside the NIK is something like a number, but invalid
_FOUR_ALONE = re.compile(r"\W*(?:NIK\W*)?([0-9]{4})\W*")


def spot_pair(text: str, office: Office) -> dict[str, str]:
    """Answers to the questions for number and proof; four digits count only right beside a number."""
    found = spotted(text, office.number)
    proof = found.nik
    if found.number and not proof and (four := _FOUR_ALONE.fullmatch(office.number.without_number(text))):
        proof = four.group(1)
    parts = ((NUMBER, found.number), (PROOF, proof), (MORE, found.more), (ODD, "yes" if found.odd else None))
    return {key: part for key, part in parts if part}


@dataclass(frozen=True, slots=True)
class _NumberParser:
    """Reads the number; if it is wrong but a NIK was given, `kept` says first that the NIK is kept."""

    format: NumberFormat
    kept: Callable[[], None]

    def parse(self, text: str) -> RegistrationNumber:
        """Read it in the office's format."""
        try:
            return self.format.parse(text)
        except BadNumber:
            self.kept()
            raise


async def ask_pair(chat: Chat) -> tuple[RegistrationNumber, Proof]:
    """Ask for number and proof unless the message has them; errors name the wrong one."""
    parser = ProofParser(chat.caps.full_nik)
    numbers = _NumberParser(chat.office.number, lambda: _tell_kept(chat, parser))
    _check_given(chat, parser)
    number = await chat.ask(NUMBER, numbers.parse, example=chat.office.number.example)
    proof = await chat.ask(PROOF, parser.parse, whole=chat.caps.full_nik)
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

"""Number and proof as a message already holds them: `#KTP#3516…#…`, a receipt's QR code, `/start s_MJK…`."""

import re

from domain.office import Office
from domain.spotting import spot_pair as spotted

NUMBER = "status-ask-number"
PROOF = "status-ask-nik"
MORE = "status-more"  # a second number, which is not looked up: one message is about one card
_FOUR_ALONE = re.compile(r"\W*(?:NIK)?\W*([0-9]{4})\W*")


def spot_pair(text: str, office: Office) -> dict[str, str]:
    """Find what answers the questions for number and proof; four digits count only right beside a number."""
    found = spotted(text, office.number)
    proof = found.nik
    if found.number and not proof and (four := _FOUR_ALONE.fullmatch(office.number.without_number(text))):
        proof = four.group(1)
    parts = ((NUMBER, found.number), (PROOF, proof), (MORE, found.more))
    return {key: part for key, part in parts if part}

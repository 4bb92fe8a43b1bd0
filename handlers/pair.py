"""Number and NIK as a message already holds them: `#KTP#3516…#…`, a receipt's QR code, `/start s_MJK…`."""

from domain.office import Office
from domain.spotting import spot_pair as spotted

NUMBER = "status-ask-number"
PROOF = "status-ask-nik"


def spot_pair(text: str, office: Office) -> dict[str, str]:
    """Find what answers the questions for number and NIK."""
    found = spotted(text, office.number)
    return {key: part for key, part in ((NUMBER, found.number), (PROOF, found.nik)) if part}

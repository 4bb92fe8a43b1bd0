"""Stages of services that are no printed e-KTP of an adult: digital identity, child card, recording at 16.

Digital identity (IKD) is activated at a counter and needs no blank; a child card (KIA) needs no fingerprints; the card of
somebody who was recorded at 16 is printed at 17 (Permendagri 108/2019).
"""

from domain.cards.stages import Stage

IKD, KIA, AT_16 = "ikd", "kia", "ktp_rekam_16"
_TO_RECORD = (Stage.NOT_RECORDED, Stage.RECORD_FAILED, Stage.DUPLICATE)
_CHECKED = (Stage.RECORDED, Stage.SENT_TO_CENTER, Stage.NEEDS_REVIEW)
_TO_PRINT = (Stage.PRINT_READY, Stage.WAITING_BLANK)
_DATA_READY = frozenset({*_TO_PRINT, Stage.PRINTED, Stage.READY_FOR_PICKUP})
_KEYS: dict[str, dict[Stage, str]] = {
    IKD: {
        **dict.fromkeys(_TO_RECORD, "report-ikd-record"),
        **dict.fromkeys(_CHECKED, "report-ikd-checked"),
        **dict.fromkeys(_DATA_READY, "report-ikd-ready"),
        **dict.fromkeys((Stage.PICKED_UP, Stage.DELIVERED), "report-ikd-active"),
    },
    KIA: {
        **dict.fromkeys(_TO_RECORD, "report-kia-ask"),
        **dict.fromkeys(_CHECKED, "report-kia-checked"),
    },
    AT_16: {
        **dict.fromkeys(_CHECKED, "report-16-checked"),
        **dict.fromkeys(_TO_PRINT, "report-16-waits"),
    },
}


def key_of(service: str, stage: Stage | None) -> str | None:
    """Key of the sentence about this stage of such a service; None: the sentence for cards fits."""
    return _KEYS.get(service, {}).get(stage) if stage else None


def activates(service: str, stage: Stage | None) -> bool:
    """Whether a digital identity can be activated now."""
    return service == IKD and stage in _DATA_READY


def waits_for_blanks(service: str) -> bool:
    """Whether a temporary letter or digital identity helps while blanks are missing."""
    return service not in _KEYS

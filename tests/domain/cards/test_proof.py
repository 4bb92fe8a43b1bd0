import json

import pytest

from domain.cards.proof import LastFour, ProofParser
from domain.people.nik import Nik
from domain.refusals import BadLastFour, NikBadDate, NikNot16Digits

WHOLE = "3516015708900001"
ask_all = ProofParser(full_nik=True)
ask_four = ProofParser(full_nik=False)


def test_where_the_whole_nik_is_asked_four_digits_are_not_enough() -> None:
    assert ask_all.parse(WHOLE) == Nik(WHOLE)
    with pytest.raises(NikNot16Digits) as caught:
        ask_all.parse("0001")
    assert caught.value.details == {"count": 4}


@pytest.mark.parametrize("text", ["0001", "empat digit: 0001", "0 0 0 1", "０００１"])
def test_four_digits_are_read_where_four_are_asked(text: str) -> None:
    assert ask_four.parse(text) == LastFour("0001")


@pytest.mark.parametrize("text", [WHOLE, "3516 0157 0890 0001", f"NIK {WHOLE}"])
def test_sixteen_digits_where_four_are_asked_are_taken_whole(text: str) -> None:
    assert ask_four.parse(text) == Nik(WHOLE)


def test_an_invalid_nik_is_never_asked_for_where_four_digits_are() -> None:
    with pytest.raises(NikBadDate):
        ask_all.parse("3516019908900001")
    with pytest.raises(BadLastFour):
        ask_four.parse("3516019908900001")


@pytest.mark.parametrize("text", ["", "001", "00001", "0000", "081234567890", "351601570890001"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadLastFour):
        ask_four.parse(text)


@pytest.mark.parametrize("proof", [Nik(WHOLE), LastFour("0001")])
def test_a_proof_survives_the_transcript_as_its_own_kind(proof: Nik | LastFour) -> None:
    for parser in (ask_all, ask_four):
        assert parser.from_json(json.loads(json.dumps(proof.to_json()))) == proof


def test_a_stored_value_that_is_no_proof_does_not_load() -> None:
    for wrong in ("abcd", "12345"):
        with pytest.raises(ValueError, match="stored here"):
            ask_all.from_json(wrong)


def test_a_proof_fits_the_recorded_nik_or_not() -> None:
    recorded = Nik(WHOLE)
    assert LastFour("0001").matches(recorded)
    assert Nik(WHOLE).matches(recorded)
    assert not LastFour("0002").matches(recorded)
    assert not Nik("3516015708900002").matches(recorded)


def test_four_digits_hide_themselves() -> None:
    assert "0001" not in f"{LastFour('0001')} {LastFour('0001')!r}"

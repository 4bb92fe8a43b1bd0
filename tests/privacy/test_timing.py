"""S4: the time of an answer reveals nothing about the register.

TORTURE_SAMPLES says how many pairs of each kind (a few in CI, where only the padding is looked at; 2,000 under
`make torture`, where the medians of the work itself may differ by less than 5 ms).
"""

import os
import statistics
import time

import pytest
from sqlalchemy import text

from domain.cards.proof import LastFour
from domain.office.registration import RegistrationNumber
from domain.people.nik import Nik
from handlers.engine.chat import Asker
from handlers.shared.look_up import NOT_FOUND_SECONDS, try_pair
from storage.people import chats
from storage.schema import tries
from tests.support.people import BUDI, SRI, number, row

SAMPLES = int(os.environ.get("TORTURE_SAMPLES", "40"))
MOST_DIFFERENCE_SECONDS = 0.005
KINDS = {
    "somebody else's proof": (SRI["no_registrasi"], BUDI["nik"]),
    "an unknown number": (number("ZZZZ"), SRI["nik"]),
    "a withdrawn application": (BUDI["no_registrasi"], BUDI["nik"]),
}


@pytest.mark.torture
@pytest.mark.timeout(600)
@pytest.mark.parametrize("full_nik", [True, False], ids=["whole NIK", "four digits"])
async def test_no_kind_of_miss_takes_longer_than_another(counter, full_nik):
    await counter.imports(row(SRI, "CARD_SHIPPED"), row(BUDI, "CARD_SHIPPED"))
    withdraw = text("UPDATE applications SET withdrawn_at = '2026-11-22 00:00:00' WHERE number = :number")
    await counter.store.write(lambda db: db.run(withdraw, {"number": BUDI["no_registrasi"]}))
    where = {"channel": "telegram", "account": "1", "address": "guesser", "language": "id"}
    chat = (await counter.store.write(lambda db: chats.meet(db, **where))).id
    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for sample in range(SAMPLES):
        for kind, (registration, nik) in KINDS.items():
            proof = Nik(nik) if full_nik else LastFour("7777" if kind != "an unknown number" else nik[-4:])
            started = time.perf_counter()
            found = await counter.store.write(
                lambda db, registration=registration, proof=proof, sample=sample: try_pair(
                    db,
                    number=RegistrationNumber(registration),
                    proof=proof,
                    chat=chat,
                    askers=(Asker(key=b"guesser %08d" % sample),),
                    rules=counter.office.status,
                    full_nik=full_nik,
                )
            )
            taken[kind].append(time.perf_counter() - started)
            assert found.application is None
            assert found.delay >= NOT_FOUND_SECONDS, "far above what the work can differ by"
        if sample % 50 == 0:  # a storm slows everybody alike; here it would only hide what is measured
            await counter.store.write(lambda db: db.run(tries.delete()))
    medians = {kind: statistics.median(times) for kind, times in taken.items()}
    print({kind: f"{median * 1000:.2f} ms" for kind, median in medians.items()})
    assert SAMPLES < 1000 or max(medians.values()) - min(medians.values()) < MOST_DIFFERENCE_SECONDS

"""Invented answers for the demo: fourteen months, some points with too few to show, one improving."""

from datetime import date, timedelta
from random import Random

from domain.office.office import Office
from domain.ratings.index import ELEMENTS, Element
from domain.ratings.survey import AgeBand, Education, Job, Profile, Sex, TimeBand
from storage.ratings import tallies
from storage.ratings.answers import AnswerSet, store_word
from storage.session import Writing
from storage.store import Store

_SEED = 20261123
_DAYS = 426
_PEOPLE = 430
_PARTIAL_SHARE = 0.06
_SILENT_SHARE = 0.2
# Per cent of dissatisfied answers; waiting and chairs are worst.
_DISCONTENT = {Element.WAKTU: 34, Element.SARANA: 26, Element.PROSEDUR: 22, Element.BIAYA: 2}
_USUAL_DISCONTENT = 12
_WORDS = {
    4: "Pelayanan cepat, bu Endang ramah. Terima kasih.",
    9: "Kursi tunggu kurang, banyak yang berdiri.",
    16: "Enak bisa cek lewat WA, tidak perlu bolak balik ke kantor.",
    23: "Nomor antrean di layar terlalu kecil untuk orang tua.",
    37: "Tolong jam istirahat bergantian supaya loket tetap buka.",
}
"""What residents wrote, by days ago."""


async def make_up_answers(store: Store, office: Office, *, day: date) -> None:
    """Store answers of the months before the day; the same ones for the same day."""
    random = Random(_SEED)  # noqa: S311 (no secret)
    sets = [_answers(random, office, day) for _ in range(_PEOPLE)]

    async def fill(db: Writing) -> None:
        await tallies.fill(db, sets)
        await tallies.rebuild(db)
        for days, word in _WORDS.items():
            await store_word(db, word=word, on=day - timedelta(days=days))

    await store.write(fill)


def _answers(random: Random, office: Office, day: date) -> AnswerSet:
    age_days = random.randint(0, _DAYS)
    scores = {element: _score(random, element, age_days) for element in ELEMENTS}
    complete = random.random() >= _PARTIAL_SHARE
    if not complete:
        scores = {element: scores[element] for element in ELEMENTS[: random.randint(1, 8)]}
    weights = [2 ** (len(office.points) - place) for place in range(len(office.points))]
    return AnswerSet(
        key=random.getrandbits(63),
        answered_on=day - timedelta(days=age_days),
        band=random.choices([*TimeBand], [5, 3, 2])[0],
        point=random.choices(office.points, weights)[0].id,
        service=random.choice(office.services).id,
        scores=scores,
        complete=complete,
        profile=_profile(random),
    )


def _score(random: Random, element: Element, age_days: int) -> int:
    discontent = _DISCONTENT.get(element, _USUAL_DISCONTENT) * (1 + age_days / _DAYS)
    drawn = random.uniform(0, 100)
    if element is Element.BIAYA:
        return 4 if drawn > discontent else 3
    if drawn < discontent / 8:
        return 1
    return 2 if drawn < discontent / 2 else 3 if drawn < discontent * 1.6 else 4


def _profile(random: Random) -> Profile:
    if random.random() < _SILENT_SHARE:
        return Profile()
    return Profile(
        sex=random.choice([*Sex]),
        age_band=random.choices([*AgeBand], [1, 30, 25, 20, 14, 10])[0],
        education=random.choices([*Education], [8, 16, 50, 22, 4, 1])[0],
        job=random.choices([*Job], [8, 2, 2, 42, 26, 20])[0],
    )

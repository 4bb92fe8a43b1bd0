"""The stage of an application, changed by hand only over the stage that the client saw."""

import hashlib
import re
from dataclasses import replace

from bot.api.calls.call import ApiCall
from bot.api.calls.wire import IF_MATCH, ApiProblem
from bot.api.models.applications import SentStage, StageShown
from bot.api.views.applications import number_of
from storage.cards import desk
from storage.cards.desk import Standpoint
from storage.session import Reading, Writing

_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')
_MATCH = re.compile(IF_MATCH)


async def show(db: Reading, call: ApiCall) -> StageShown:
    """Get the stage of an application, with the ETag that a change needs."""
    return _shown(call, await _standing(db, call))


async def put(db: Writing, call: ApiCall, body: SentStage) -> StageShown:
    """Change the stage by hand. If-Match names the stage that it replaces; followers are told as usual."""
    before = await _standing(db, call)
    _insist_on_match(call, before)
    today = call.today
    day = body.date or today
    if day > today:
        raise ApiProblem(422, "day-ahead", field="date")
    if day < before.stage_on and not body.sure:
        raise ApiProblem(409, "day-older", field="sure", details={"day": before.stage_on})
    changed = await desk.change_stage(
        db,
        application=before.id,
        stage=body.stage,
        day=day,
        member=call.member.id,
        rules=call.office,
        locked=before,
    )
    if not changed:
        return _shown(call, before)
    return _shown(call, replace(before, stage=body.stage, raw_code=body.stage.value, stage_on=day))


async def _standing(db: Reading, call: ApiCall) -> Standpoint:
    found = await desk.standing(db, number=number_of(call), lock=isinstance(db, Writing))
    if found is None:
        raise ApiProblem(404, "not-found")
    call.insist(found.point)
    return found


def _insist_on_match(call: ApiCall, before: Standpoint) -> None:
    given = call.match
    if given is None:
        raise ApiProblem(428, "if-match-missing", field="If-Match")
    given = given.strip()
    if not _MATCH.fullmatch(given):
        raise ApiProblem(422, "invalid", field="If-Match")
    # A weak tag never matches (RFC 9110, 13.1.1).
    if given != "*" and _tag(before) not in _TAG.findall(given):
        raise ApiProblem(412, "if-match-failed", field="If-Match", headers={"etag": _tag(before)})


def _tag(one: Standpoint) -> str:
    stands = f"{one.id} {one.stage} {one.raw_code} {one.stage_on}"
    return f'"{hashlib.blake2b(stands.encode(), digest_size=9).hexdigest()}"'


def _shown(call: ApiCall, one: Standpoint) -> StageShown:
    call.headers["etag"] = _tag(one)
    return StageShown(id=str(one.id), stage=one.stage, code=one.raw_code, since=one.stage_on)

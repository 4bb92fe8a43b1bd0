"""`loket announce`: an announcement from a file. Clerks read its output, so it is in the office's language."""

from dataclasses import replace
from functools import partial
from json import dumps
from pathlib import Path
from typing import Any

import typer

from bot.announcing.file import UnusableAnnouncement, read_order
from bot.announcing.recipients import Listed, read_list
from bot.announcing.render import preview
from bot.announcing.timers import freeze_or_wait
from bot.channels import CAPS
from bot.cli.store import configured_texts, with_office
from bot.importing.report import Remark, remarks, unusable
from bot.importing.table import UnusableFile
from bot.setup.exits import Stop
from domain import codec
from domain.office.office import Office
from domain.refusals.base import Refusal
from domain.staff.roles import Action, StaffMember
from handlers.announcements.service import Attempt, Preview, plan
from locales.texts import DEFAULT, Texts
from storage.staff import staff
from storage.staff.rights import insisted
from storage.store import Store

REFUSED, UNUSABLE = 1, 2
_MOST_LINES = 50


def announce(file: Path, *, name: str, override: bool, urgent: bool, dry_run: bool, json: bool) -> None:
    """Plan the announcement of a file, or preview it."""
    texts = configured_texts()
    try:
        shown, listed, done, office = with_office(
            partial(
                _work, file=file, name=name, override=override, urgent=urgent, dry_run=dry_run, texts=texts
            )
        )
    except UnusableAnnouncement as error:
        raise Stop(
            texts.say(DEFAULT, f"announce-file-{error.code}", **error.details), code=UNUSABLE
        ) from None
    except UnusableFile as error:
        raise Stop(unusable(error, texts, DEFAULT), code=UNUSABLE) from None
    except Refusal as refusal:
        raise stop_of(refusal, texts) from None
    if dry_run and shown.refusal is not None:
        typer.echo(texts.say(DEFAULT, "announce-would-refuse", why=_said(shown.refusal, texts)), err=True)
    refused = remarks(listed.refused, texts, DEFAULT)
    if json:
        typer.echo(dumps(_as_json(shown, done.announcement, refused, office), ensure_ascii=False))
    elif done.refusal is None:
        typer.echo("\n".join(_lines(shown, done.announcement, refused, texts, office)))
    if done.refusal is not None:
        raise stop_of(done.refusal, texts)


async def _work(
    office: Office, store: Store, *,
    file: Path, name: str, override: bool, urgent: bool, dry_run: bool, texts: Texts,
) -> tuple[Preview, Listed, Attempt, Office]:  # fmt: skip
    by = await member_called(store, name, texts)
    await insisted(store, member=by, action=Action.ANNOUNCE)
    order, path = read_order(file, office, now=store.clock())
    order, listed = replace(order, urgent=urgent, override=override), Listed()
    if path is not None:
        listed = await read_list(store, path, office, by=by)
        order = replace(order, listed=listed.applications)
    shown = await store.read(preview(order, by=by, office=office, texts=texts))
    if dry_run:
        return shown, listed, Attempt(), office
    done = await plan(store, order=order, by=by, office=office)
    if done.announcement is not None:
        await freeze_or_wait(store, announcement=done.announcement, office=office, texts=texts)
    return shown, listed, done, office


async def member_called(store: Store, name: str, texts: Texts) -> StaffMember:
    """Return the member of staff of this name.

    Raises:
        Stop: nobody has this name (any more).
    """
    name = " ".join(name.split())
    member = await store.read(staff.find, name=name)
    if member is None:
        raise Stop(texts.say(DEFAULT, "announce-nobody-called", person=name), code=REFUSED)
    return member


def stop_of(refusal: Refusal, texts: Texts) -> Stop:
    """Stop for a refused command; problems in the file itself exit as unusable."""
    unusable_text = refusal.code.startswith(("announcement-text", "announcement-placeholder"))
    return Stop(_said(refusal, texts), code=UNUSABLE if unusable_text else REFUSED)


def _said(refusal: Refusal, texts: Texts) -> str:
    return texts.say(DEFAULT, f"refusal-{refusal.code}", **refusal.details)


def _as_json(shown: Preview, made: int | None, refused: tuple[Remark, ...], office: Office) -> dict[str, Any]:
    """JSON object of `--json` (F6)."""
    return {
        "id": made,
        "recipients": shown.recipients,
        "per_channel": {**shown.per_channel, "none": shown.none_count},
        "text": shown.text,
        "refused": codec.dump(refused),
        "starts_at": office.local(shown.starts_at).isoformat(timespec="seconds"),
    }


def _lines(
    shown: Preview, made: int | None, refused: tuple[Remark, ...], texts: Texts, office: Office
) -> list[str]:
    def say(key: str, **variables: Any) -> str:
        return texts.say(DEFAULT, key, **variables)

    lines = [say("announce-reach", recipients=shown.recipients, channels=shown.reach(CAPS))]
    lines += [say("announce-templates", count=shown.templates)] if shown.templates else []
    lines += [say("announce-unreachable", count=shown.unreachable)] if shown.unreachable else []
    lines += [say("announce-first-text"), "", *(f"    {line}" for line in shown.text.splitlines()), ""]
    for one in shown.calendar:
        point = office.point(one.point)
        day, time = (
            say("announce-day", at=one.starts_at),
            say("announce-time", opens=one.starts_at, closes=one.ends_at),
        )
        place = point.name if point else one.point
        lines.append(
            say("announce-calendar", day=day, time=time, point=place, cards=one.cards, room=one.room)
        )
    lines += _listed(say("announce-none", count=shown.none_count), shown.none, texts)
    lines += _listed(
        say("import-refused", count=len(refused)),
        [say("import-remark", **codec.dump(remark)) for remark in refused],
        texts,
    )
    if made is None:
        return [*lines, say("announce-dry-run")]
    when = "announce-starts-quiet" if shown.waits_for_morning else "announce-starts"
    return [*lines, say("announce-planned-id", id=str(made)), say(when, at=office.local(shown.starts_at))]


def _listed(title: str, entries: Any, texts: Texts) -> list[str]:
    if not entries:
        return []
    lines = [title, *(f"    {one}" for one in entries[:_MOST_LINES])]
    if len(entries) > _MOST_LINES:
        lines.append(texts.say(DEFAULT, "import-more", count=len(entries) - _MOST_LINES))
    return lines

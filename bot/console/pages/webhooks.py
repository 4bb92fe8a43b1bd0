"""Webhook: the systems that are told of events, and what they did not get."""

from urllib.parse import urlsplit

from starlette.responses import Response

from bot.console.visits.desk import Visit, or_404
from storage.ids import read_id
from storage.webhooks import deliveries, targets

HOME = "/staf/webhook"
_LISTED = 100


async def show(visit: Visit) -> Response:
    """Serve `GET /staf/webhook`. Of an address only the host is shown: the rest may hold a token."""
    found = await visit.store.read(targets.listed)
    return visit.draw(
        "webhooks.html",
        targets=found,
        hosts={one.id: urlsplit(one.url).hostname for one in found},
        lost=await visit.store.read(deliveries.given_up, limit=_LISTED),
        most=_LISTED,
    )


async def resend(visit: Visit) -> Response:
    """Serve `POST /staf/webhook/{id}/kirim`: one event that was given up (`peristiwa`), or all of a target."""
    event = read_id(visit.form.get("peristiwa", ""))
    sent = await visit.write(deliveries.resend, target=visit.path_id(), event=event, actor=visit.actor)
    return visit.go(f"{HOME}?kabar=webhook-{'dikirim' if sent else 'tidak-ada'}")


async def enable(visit: Visit) -> Response:
    """Serve `POST /staf/webhook/{id}/nyalakan`."""
    or_404(await visit.write(targets.enable, target=visit.path_id(), actor=visit.actor))
    return visit.go(f"{HOME}?kabar=webhook-menyala")


async def remove(visit: Visit) -> Response:
    """Serve `POST /staf/webhook/{id}/hapus`."""
    or_404(await visit.write(targets.remove, target=visit.path_id(), actor=visit.actor))
    return visit.go(f"{HOME}?kabar=webhook-dihapus")

"""Files: download of a resident's photo by its id, upload of ours."""

import re

from bot.channel import Outage, Rejected, Throttled, Undelivered, Unknown
from bot.whatsapp.errors import Reaction, Refused
from bot.whatsapp.render import upload_mime
from bot.whatsapp.sending import GraphApi
from handlers.engine.screen import File

LARGEST = 10_000_000
_ID = re.compile(r"[A-Za-z0-9_=-]{1,256}")


async def fetch(graph: GraphApi, media: str) -> bytes:
    """Download a resident's photo or file of at most 10 MB; its id yields an address valid for five minutes.

    Raises:
        Rejected: `too_large`, or it is gone.
        Undelivered: it is unavailable.
    """
    if _ID.fullmatch(media) is None:
        raise Rejected("no_file")
    try:
        about = await graph.get(media)
        url, length = about.get("url"), about.get("file_size")
        if not isinstance(url, str):
            raise Rejected("no_file")
        if isinstance(length, int) and length > LARGEST:
            raise Rejected("too_large")
        return await graph.download(url, most=LARGEST)
    except Refused as why:
        raise _unfetched(why) from None
    except Unknown:
        raise Outage from None


async def upload(graph: GraphApi, number: str, file: File) -> str:
    """Upload a file; return its id at the provider.

    Raises:
        Refused: the provider refuses it.
        Outage: it is not uploaded, or the outcome is unknown; no message was sent.
    """
    try:
        answer = await graph.upload(f"{number}/media", file, upload_mime(file))
    except Unknown:
        raise Outage from None
    media = answer.get("id")
    if not isinstance(media, str) or not media:
        raise Outage
    return media


def _unfetched(why: Refused) -> Undelivered:
    if why.meaning.reaction in (Reaction.WAIT, Reaction.WAIT_FOR_PERSON):
        return Throttled(why.meaning.seconds)
    if why.meaning.reaction in (Reaction.GIVE_UP, Reaction.GIVE_UP_PERSON, Reaction.KEEP):
        return Rejected("no_file")
    return Outage()

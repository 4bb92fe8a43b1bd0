"""Everything a resident can send that is not a text."""

from typing import TYPE_CHECKING, Any

from tests.emulators.telegram.speaker import Said, Speaker
from tests.emulators.telegram.world import Json

if TYPE_CHECKING:
    from tests.emulators.telegram.people import Reader

THUMBNAIL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000000200"
    "01e221bc330000000049454e44ae426082"
)


class Media(Speaker):
    """The half of a resident that sends things."""

    async def sends_photo(self, data: bytes, *, caption: str = "", **more: Any) -> Said:
        """A photo: a thumbnail that holds nothing, and the picture in full."""
        thumbnail = self.telegram.world.store(
            kind="thumbnails", name="t.png", mime="image/png", data=THUMBNAIL
        )
        full = self.telegram.world.store(kind="photos", name="p.jpg", mime="image/jpeg", data=data)
        sizes = [thumbnail.about(width=90, height=90), full.about(width=1280, height=1280)]
        return self.sends({"photo": sizes} | _captioned(caption), **more)

    async def sends_document(
        self,
        name: str,
        data: bytes,
        *,
        mime: str = "application/pdf",
        caption: str = "",
        **more: Any,
    ) -> Said:
        stored = self.telegram.world.store(kind="documents", name=name, mime=mime, data=data)
        document = stored.about(file_name=name, mime_type=mime)
        return self.sends({"document": document} | _captioned(caption), **more)

    async def sends_voice(self, *, seconds: int = 3, **more: Any) -> Said:
        stored = self.telegram.world.store(kind="voice", name="v.oga", mime="audio/ogg", data=b"OggS")
        return self.sends({"voice": stored.about(duration=seconds, mime_type="audio/ogg")}, **more)

    async def sends_sticker(self, *, emoji: str = "🙏", **more: Any) -> Said:
        stored = self.telegram.world.store(kind="stickers", name="s.webp", mime="image/webp", data=b"RIFF")
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self.sends({"sticker": stored.about(emoji=emoji, **shape)}, **more)

    async def sends_location(
        self, *, latitude: float = -7.4722, longitude: float = 112.4338, **more: Any
    ) -> Said:
        return self.sends({"location": {"latitude": latitude, "longitude": longitude}}, **more)

    async def sends_contact(
        self,
        *,
        phone: str = "+6281200000001",
        name: str | None = None,
        of: Speaker | None = None,
        **more: Any,
    ) -> Said:
        """A contact card: one's own unless `of` or `name` say whose."""
        person = (of or self).person
        contact: Json = {"phone_number": phone, "first_name": name or person["first_name"]}
        if name is None:
            contact["user_id"] = person["id"]
        return self.sends({"contact": contact}, **more)

    async def forwards(
        self, text: str, *, of: Speaker | None = None, hidden: bool = False, **more: Any
    ) -> Said:
        """Forward somebody's text (`hidden`: their account is not shown)."""
        date = self.telegram.world.now - 60
        if hidden or of is None:
            origin: Json = {
                "type": "hidden_user",
                "sender_user_name": of.person["first_name"] if of else "Bu RT",
                "date": date,
            }
        else:
            origin = {"type": "user", "sender_user": of.person, "date": date}
        return self.sends({"text": text, "forward_origin": origin}, **more)

    async def sends_album(self, pictures: list[bytes], *, to: "Reader | None" = None) -> list[Said]:
        """Several photos at once: one update each, joined by a media group."""
        group = str(next(self.telegram.ids))
        sent = []
        for data in pictures:
            full = self.telegram.world.store(kind="photos", name="p.jpg", mime="image/jpeg", data=data)
            content = {"photo": [full.about(width=1280, height=1280)], "media_group_id": group}
            sent.append(self.sends(content, to=to))
        return sent


def _captioned(caption: str) -> Json:
    return {"caption": caption} if caption else {}

"""POST …/messages: an accepted message on the phone, and its statuses."""

from dataclasses import dataclass

from demo.whatsapp_emulator import events, templates
from demo.whatsapp_emulator.deliveries import WebhookDeliveries
from demo.whatsapp_emulator.journal import text_of
from demo.whatsapp_emulator.lint import check_message
from demo.whatsapp_emulator.rates import RateLimits
from demo.whatsapp_emulator.refusals import RefusedCall, bad_parameter
from demo.whatsapp_emulator.world import Bubble, Choice, EmulatedPerson, Json, World

_FILES = frozenset({"image", "document", "audio"})


@dataclass(slots=True, kw_only=True)
class Messages:
    """Accepts messages. `late` are refusals sent as a `failed` status after a 200, as most are.

    `tells` are the states reported automatically; `read` is reported when a resident reads.
    """

    world: World
    deliveries: WebhookDeliveries
    rates: RateLimits
    late: frozenset[int] = frozenset({131026, 131047})
    tells: tuple[str, ...] = ("sent", "delivered")

    def take(self, body: Json, *, failing: RefusedCall | None = None) -> Json:
        """Accept one message; return the answer.

        Raises:
            Refused: nothing was sent.
        """
        kind = check_message(body)
        person = self._person(body)
        self.rates.check(str(body.get("to") or body.get("recipient")))
        bubble = self._bubble(body, kind)
        why = failing or self._undeliverable(person, kind)
        if why is not None and failing is None and why.code not in self.late:
            raise why
        if why is not None or person is None:
            self._fails(bubble, person, why or RefusedCall(131026, "Nobody has this number."))
        else:
            person.bubbles.append(bubble)
            self._arrives(bubble, person)
        self.world.bell.ring()
        return _accepted(body, bubble)

    def reads(self, bubble: Bubble, person: EmulatedPerson) -> None:
        """Mark a bubble of the bot as read."""
        if not bubble.mine and bubble.climbs("read"):
            self.world.bill(bubble)
            self.deliveries.tell(events.status(self.world, bubble, person, state="read"))

    def _person(self, body: Json) -> EmulatedPerson | None:
        if "to" in body:
            return self.world.by_phone(str(body["to"]).removeprefix("+"))
        return self.world.by_user_id(str(body["recipient"]))

    def _undeliverable(self, person: EmulatedPerson | None, kind: str) -> RefusedCall | None:
        if person is None or person.unreachable:
            return RefusedCall(131026, "Nobody can be reached there.")
        if kind != "template" and not self.world.window_is_open(person):
            return RefusedCall(131047, "More than 24 hours have passed since the recipient last wrote.")
        return None

    def _bubble(self, body: Json, kind: str) -> Bubble:
        content = body[kind]
        text, category, choices, opens = text_of(body), "service", _choices(content), ""
        if kind == "template":
            text, category, choices = templates.said(self.world, content)
        if kind == "location":
            text = ", ".join(str(content[key]) for key in ("name", "address") if content.get(key))
        if content.get("type") == "list":
            opens = content["action"]["button"]
        file = None
        if kind in _FILES and "id" in content:
            file = self.world.files.get(str(content["id"]))
            if file is None or file.kind != kind:
                raise bad_parameter(f"Media {content['id']} is no {kind} of this number.")
        return Bubble(
            id=self.world.new_wamid(),
            kind=kind,
            text=text,
            at=self.world.now,
            choices=choices,
            opens=opens,
            category=category,
            file=file,
            payload=body,
        )

    def _arrives(self, bubble: Bubble, person: EmulatedPerson) -> None:
        for state in self.tells:
            self.deliveries.tell(events.status(self.world, bubble, person, state=state))
        # It arrives on the phone, whatever is reported.
        bubble.climbs("delivered")
        self.world.bill(bubble)

    def _fails(self, bubble: Bubble, person: EmulatedPerson | None, why: RefusedCall) -> None:
        bubble.climbs("failed")
        self.deliveries.tell(events.status(self.world, bubble, person, state="failed", why=why))


def _choices(content: Json) -> tuple[Choice, ...]:
    action = content.get("action") or {}
    match content.get("type"):
        case "button":
            replies = [button["reply"] for button in action["buttons"]]
            return tuple(Choice(kind="button_reply", id=one["id"], label=one["title"]) for one in replies)
        case "list":
            return tuple(
                Choice(kind="list_reply", id=row["id"], label=row["title"], hint=row.get("description", ""))
                for section in action["sections"]
                for row in section["rows"]
            )
        case "cta_url":
            link = action["parameters"]
            return (Choice(kind="url", id=link["url"], label=link["display_text"]),)
        case "location_request_message":
            return (Choice(kind="location", id="location", label="Kirim lokasi"),)
    return ()


def _accepted(body: Json, bubble: Bubble) -> Json:
    if "to" in body:
        contact = {"input": body["to"], "wa_id": str(body["to"]).removeprefix("+")}
    else:
        contact = {"input": body["recipient"], "user_id": body["recipient"]}
    message = {"id": bubble.id} | ({"message_status": "accepted"} if bubble.kind == "template" else {})
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}

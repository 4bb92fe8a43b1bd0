"""Chats: consents, followed applications and messages."""

from collections.abc import Mapping

from storage.keeping.holdings.base import Held, Keyed, Lapses, Row, Sealed, of_column, stays


def _account(row: Row) -> str:
    return str(row["address"].split("\x1f")[1])


def _name(row: Row) -> str:
    """Name that the address index is made from; an erased chat has a substitute (storage/keeping/erasure.py)."""
    return f"erased\x1f{row['id']}" if row["erased_at"] else str(row["address"])


TALK: Mapping[str, Held] = {
    "chats": Held(
        holds="the address, the language and the open conversation of a chat",
        erased="gone",
        kept="chats that nobody uses",
        columns={
            "address": Sealed(),
            "dialogue": Sealed(),
            "address_index": Keyed(of="chats.address", text=_name),
            "account": Keyed(of="account", text=_account, short=16),
        },
    ),
    "identities": Held(
        holds="telephone number and provider's ids of a person",
        erased="gone",
        kept="chats that nobody uses",
        columns={
            "value": Sealed(),
            "value_index": Keyed(
                of="identities.value",
                text=lambda row: f"{row['channel']}\x1f{row['account_name']}\x1f{row['kind']}:{row['value']}",
            ),
            "account": Keyed(of="account", text=of_column("account_name"), short=16),
        },
    ),
    "notices": Held(holds="which notice was shown when", erased="gone", kept="chats that nobody uses"),
    "consents": Held(holds="what a chat agreed to", erased="gone", kept="chats that nobody uses"),
    "follows": Held(holds="whose news a chat gets", erased="gone", kept="follows"),
    "looked_up": Held(holds="whose application a chat looked at", erased="gone", kept="look-ups"),
    "errands": Held(holds="what the office is about to ask a chat", erased="gone", kept="errands"),
    "handovers": Held(
        holds="who was handed over to a human when, and for how long",
        erased="blanked",
        because="how long people wait is measured; it names nobody",
        kept="hand-overs",
    ),
    "handover_lines": Held(
        holds="what a resident and the office's people said to each other",
        erased="gone",
        kept="words of hand-overs",
        columns={"word": Sealed(), "file": Sealed(), "name": Sealed()},
    ),
    "media": Held(
        holds="a photo that waits to be read",
        erased="gone",
        kept="photos",
        columns={
            "heard": Sealed(),
            "data": Sealed(),
            "source_index": Lapses(days=1, meaning="photos that wait count for their network"),
            "wide_index": Lapses(days=1, meaning="photos that wait count for their widest network"),
        },
    ),
    "heard": stays(
        "keyed hashes of message ids, so that a message counts once",
        kept="message ids",
        columns={"message_index": Lapses(days=8, meaning="a message that comes again is known")},
    ),
    "outbox": Held(
        holds="what was said and what became of it",
        erased="blanked",
        blanks=("body", "provider_id", "provider_index"),
        kept="messages sent",
        columns={
            "body": Sealed(),
            "provider_id": Sealed(),
            "provider_index": Keyed(of="outbox.provider_id", text=of_column("provider_id")),
        },
    ),
    "tries": stays(
        "keyed hashes of who gave a wrong pair, and about whom",
        because="a budget against guessing that ends with an erasure would be none",
        kept="tries",
        columns={
            "asker": Lapses(days=2, meaning="wrong pairs count against who gave them"),
            "nik_index": Lapses(days=2, meaning="wrong pairs count for whom they are about"),
        },
    ),
    "erasures": stays(
        "receipts of erasures",
        because="it proves the erasure and names nobody",
        kept="receipts of erasures",
        columns={"chat_index": Lapses(days=365, meaning="a restored backup is made to forget again")},
    ),
}

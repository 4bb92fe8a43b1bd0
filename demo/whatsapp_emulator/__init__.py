"""A Graph API server on 127.0.0.1 that emulates WhatsApp and its residents, for tests and the demo."""

from demo.whatsapp_emulator.graph import APP_SECRET, NUMBER_ID, TOKEN, VERIFY_TOKEN, Graph
from demo.whatsapp_emulator.resident import Resident
from demo.whatsapp_emulator.world import Bubble, EmulatedPerson

__all__ = [
    "APP_SECRET",
    "NUMBER_ID",
    "TOKEN",
    "VERIFY_TOKEN",
    "Bubble",
    "EmulatedPerson",
    "Graph",
    "Resident",
]

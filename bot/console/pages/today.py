"""Hari ini: who is booked, who has come, who comes without an appointment."""

from starlette.responses import Response

from bot.console.desk import Visit


async def show(visit: Visit) -> Response:
    """Serve `GET /staf`."""
    return visit.draw("today.html")

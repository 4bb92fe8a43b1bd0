"""Past waits at a point: when appointments began, and when they were served."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from storage.schema import booking_history
from storage.session import Reading

_LOOKED_AT = 400
_BACK = timedelta(days=60)
_served = (
    select(booking_history.c.starts_at, booking_history.c.at)
    .where(
        booking_history.c.at >= bindparam("since"),
        booking_history.c.state == "served",
        booking_history.c.point == bindparam("point"),
        booking_history.c.by.like(
            "staff:%"
        ),  # bookings settled overnight by the system say nothing about the wait
    )
    .order_by(booking_history.c.at.desc())
    .limit(_LOOKED_AT)
)


async def past_waits(db: Reading, *, point: str) -> list[tuple[datetime, datetime]]:
    """The last appointments that staff marked as served at a point: (begin, served) each."""
    rows = await db.rows(_served, {"point": point, "since": db.now - _BACK})
    return [(row.starts_at, row.at) for row in rows]

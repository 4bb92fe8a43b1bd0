"""Quiet hours, in which the office starts no conversation."""

from datetime import datetime, timedelta

from domain.office.office import Office


def after_quiet(moment: datetime, office: Office) -> datetime:
    """The moment, or the end of the quiet hours that contain it."""
    local = office.local(moment)
    if not office.quiet.covers(local.time()):
        return moment
    ends = datetime.combine(local.date(), office.quiet.ends, office.timezone)
    return ends if ends > local else ends + timedelta(days=1)


def before_quiet(moment: datetime, office: Office) -> datetime:
    """The moment, or the last minute before the quiet hours that contain it."""
    local = office.local(moment)
    if not office.quiet.covers(local.time()):
        return moment
    starts = datetime.combine(local.date(), office.quiet.starts, office.timezone)
    return (starts if starts <= local else starts - timedelta(days=1)) - timedelta(minutes=1)

"""Text of a push about a change of stage. No I/O, like handlers/shared/report.py."""

from dataclasses import replace
from datetime import datetime

from domain.appointments.calendar import Calendar
from domain.cards.application import Application
from domain.cards.forecast.outlook import Range
from domain.cards.stages import Stage
from domain.office.office import Office
from handlers.engine.chat import Said
from handlers.shared.forecast import range_of
from handlers.shared.kinds import key_of
from handlers.shared.report import head_of, place_of, report, stage_of

Approved = tuple[str, tuple[str | Said, ...]]
"""Name of a WhatsApp template, and the values of its placeholders."""


def approved_words(application: Application, office: Office) -> Approved:
    """WhatsApp template for this news, with the values of its placeholders."""
    if application.stage is Stage.READY_FOR_PICKUP and key_of(application.service, application.stage) is None:
        place = place_of(application, office).name
        return "ready_for_pickup", (application.name, application.number, place)
    return "status_changed", (application.name, application.number, stage_of(application, office))


def approved_shift(application: Application, told: Range) -> Approved:
    """The same for a range that shifted."""
    return "status_changed", (application.name, application.number, range_of(told))


def shift_of(application: Application, told: Range, office: Office, *, shared_device: bool) -> list[Said]:
    """Tell a follower that the range shifted; on a shared device without name and number."""
    if shared_device:
        return [Said("push-head-shared"), Said("push-shift"), range_of(told), Said("push-stop")]
    head = Said("report-head", head_of(application, office))
    return [Said("push-head"), head, Said("push-shift"), range_of(told), Said("push-stop")]


def news_of(
    application: Application, calendar: Calendar, now: datetime, *, shared_device: bool
) -> list[Said]:
    """Tell a follower the present stage.

    On a shared device the text has no name, number or note, because somebody else may read it; it says how to
    read the rest.
    """
    if not shared_device:
        return [Said("push-head"), *report(application, calendar, now, pinned=False), Said("push-stop")]
    _, *news = report(replace(application, note=""), calendar, now, pinned=False)
    return [Said("push-head-shared"), *news, Said("push-stop")]

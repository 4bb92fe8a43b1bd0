"""A change of stage → what its followers are told. Pure, like handlers/report.py."""

from dataclasses import replace
from datetime import datetime

from domain.application import Application
from domain.office import Office
from handlers.chat import Said
from handlers.report import report


def news_of(application: Application, office: Office, now: datetime, *, shared_device: bool) -> list[Said]:
    """Tell a follower where the application stands now.

    On a shared device somebody else may read it first: it says what happened, without name, number and note, and
    how to read the rest.
    """
    if not shared_device:
        return [Said("push-head"), *report(application, office, now), Said("push-stop")]
    _, *news = report(replace(application, note=""), office, now)
    return [Said("push-head-shared"), *news, Said("push-stop")]

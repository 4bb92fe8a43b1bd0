"""Every route of the console, and what it needs: this table is the whole of who may do what in the browser."""

from bot.console.concerns import of_application, of_colleague, of_field
from bot.console.desk import NavEntry
from bot.console.gates import Gate
from bot.console.pages import imports, people, register, today
from domain.roles import Action

_REGISTER, _IMPORT, _PEOPLE = "/staf/register", "/staf/register/impor", "/staf/petugas"

NAV = (
    NavEntry(name="Hari ini", path="/staf", action=Action.SEE_DAY),
    NavEntry(name="Register", path=_REGISTER, action=Action.SEE_REGISTER),
    NavEntry(name="Petugas", path=_PEOPLE, action=Action.MANAGE_STAFF),
    NavEntry(name="Audit", path="/staf/audit", action=Action.SEE_AUDIT),
)

GATES = (
    Gate(method="GET", path="/staf", action=Action.SEE_DAY, view=today.show),
    Gate(method="GET", path=_REGISTER, action=Action.SEE_REGISTER, view=register.show),
    Gate(method="POST", path=_REGISTER, action=Action.SEE_REGISTER, view=register.search, changes=False),
    Gate(method="GET", path=_IMPORT, action=Action.IMPORT_REGISTER, view=imports.show),
    Gate(method="POST", path=_IMPORT, action=Action.IMPORT_REGISTER, view=imports.hand_in),
    Gate(method="GET", path=f"{_IMPORT}/{{id}}", action=Action.IMPORT_REGISTER, view=imports.follow),
    Gate(
        method="GET",
        path=f"{_IMPORT}/{{id}}/maju",
        action=Action.IMPORT_REGISTER,
        view=imports.advance,
        asks_itself=True,
    ),
    Gate(method="POST", path=f"{_IMPORT}/{{id}}/simpan", action=Action.IMPORT_REGISTER, view=imports.write),
    Gate(
        method="GET",
        path=f"{_IMPORT}/{{id}}/ditolak",
        action=Action.IMPORT_REGISTER,
        view=imports.refused_rows,
    ),
    Gate(
        method="GET",
        path=f"{_REGISTER}/{{id}}",
        action=Action.SEE_REGISTER,
        view=register.open_card,
        concerns=of_application,
    ),
    Gate(
        method="POST",
        path=f"{_REGISTER}/{{id}}/status",
        action=Action.CHANGE_STAGE,
        view=register.change_stage,
        concerns=of_application,
    ),
    Gate(method="GET", path=_PEOPLE, action=Action.MANAGE_STAFF, view=people.show),
    Gate(method="POST", path=_PEOPLE, action=Action.MANAGE_STAFF, view=people.invite, concerns=of_field),
    Gate(
        method="POST",
        path=f"{_PEOPLE}/{{id}}/cabut",
        action=Action.MANAGE_STAFF,
        view=people.revoke,
        concerns=of_colleague,
    ),
    Gate(method="GET", path="/staf/audit", action=Action.SEE_AUDIT, view=people.show_audit),
)
